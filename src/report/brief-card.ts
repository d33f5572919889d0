import type { Card, CardRow } from '../domain/card.ts'
import { type Incident, leadOf } from '../domain/incident.ts'
import { isResting } from '../domain/job.ts'
import { fillIn } from '../domain/message.ts'
import { markPerson, markTime, plainText } from '../domain/text.ts'
import { findUndoOf, stillStands, type TakesBack } from '../domain/undone.ts'
import type { IncidentView } from '../domain/view.ts'
import type { BroughtBack, JobReport } from '../engine/define-job.ts'
import { type BriefWords, briefWords } from './brief-words.ts'
import { readJobReport } from './read-job-report.ts'

/** What the kinds of jobs say of the incident's jobs: engine/takes-back.ts and engine/overtaken.ts. */
export interface BriefKinds {
  readonly takesBack: TakesBack
  /** Failed jobs that a later one answered. */
  readonly overtaken: ReadonlyMap<string, string>
}

/** What those who wait for the outcome want to know, in the language of the plan and in plain words. */
export function buildBriefCard(view: IncidentView, kinds: BriefKinds, language: 'en' | 'ko', now: Date): Card {
  const words = briefWords[language]
  const { incident } = view
  const reports = listStanding(view, kinds)
  const back = listBack(reports)
  const state = incident.state === 'open' && back.length > 0 && isQuiet(view, kinds) ? 'back' : incident.state
  const headline = fillIn(words.headline[state], { title: plainText(incident.title) })
  const sentences = [...back.map((one) => sayBack(one, words)), sayNow(view, kinds, back.length > 0, words)]
  const { updateText, updatedAt } = incident
  const said = updateText === null ? '' : `${plainText(updateText)}${updatedAt ? ` (${markTime(updatedAt)})` : ''}`
  return {
    headline,
    rows: [
      fact(words.labels.now, sentences.join('\n')),
      ...(incident.state === 'open' ? [fact(words.labels.when, sayWhen(incident, words, now))] : []),
      fact(words.labels.lost, listLost(reports).join('\n') || words.nothingLost),
      ...(said === '' ? [] : [fact(words.labels.word, said)]),
      fact(words.labels.lead, markPerson(leadOf(incident))),
      {
        kind: 'small',
        text: fillIn(words.asOf, { time: markTime(now.toISOString(), 'both'), severity: `${incident.severity}` }),
      },
    ],
    buttons: [],
    fallback: `${headline}. ${sentences.join(' ')}`,
  }
}

function sayNow(view: IncidentView, kinds: BriefKinds, isBack: boolean, words: BriefWords): string {
  const { state, recoveredAt, closedAt } = view.incident
  const { incident, jobs } = view
  if (state === 'recovered') return fillIn(words.now.recovered, { time: markTime(recoveredAt ?? incident.openedAt) })
  if (state === 'closed')
    return fillIn(recoveredAt === null ? words.now.unrecovered : words.now.closed, {
      time: markTime(closedAt ?? incident.openedAt),
    })
  const active = jobs.filter(({ job }) => !isResting(job.state))
  if (active.some(({ job }) => job.state === 'needs_person')) return words.now.stuck
  if (active.some(({ job }) => job.state === 'awaiting_approval')) return words.now.deciding
  if (active.some(({ job }) => job.kind === 'restore')) return words.now.restoring
  if (active.length > 0) return words.now.working
  if (hasFailed(view, kinds)) return isBack ? words.now.stuckLater : words.now.stuck
  return isBack ? words.now.rest : words.now.looking
}

/** Nothing is at work, and nothing stands as it failed. */
function isQuiet(view: IncidentView, kinds: BriefKinds): boolean {
  return view.jobs.every(({ job }) => isResting(job.state)) && !hasFailed(view, kinds)
}

/** The last attempt came to no end. One that a later job answered is none any more. */
function hasFailed({ jobs }: IncidentView, { overtaken }: BriefKinds): boolean {
  return jobs.findLast(({ job }) => !overtaken.has(job.id))?.job.state === 'failed'
}

function sayBack({ system, asOf, since, whole }: BroughtBack, words: BriefWords): string {
  const said = fillIn(words.now.back, { system: plainText(system), asOf: markTime(asOf), since: markTime(since) })
  return `${said} ${whole ? words.now.whole : words.now.part}`
}

function sayWhen({ deadline }: Incident, words: BriefWords, now: Date): string {
  if (deadline === null) return words.noPromise
  const time = markTime(deadline)
  return fillIn(Date.parse(deadline) < now.getTime() ? words.overdue : words.due, { time })
}

interface Standing {
  readonly id: string
  readonly report: JobReport
}

/** What the jobs say whose effect stands: they succeeded, and nobody took them back or put an end to it. */
function listStanding({ jobs }: IncidentView, { takesBack }: BriefKinds): Standing[] {
  const reports = jobs.flatMap(({ job }) => {
    const report = job.state === 'succeeded' ? readJobReport(job.outcome) : undefined
    return report !== undefined && stillStands(findUndoOf(job.id, jobs, takesBack)) ? [{ id: job.id, report }] : []
  })
  const ended = new Set(reports.flatMap(({ report }) => report.ends ?? []))
  return reports.filter(({ id }) => !ended.has(id))
}

/** Of each system what was brought back last. */
function listBack(reports: readonly Standing[]): BroughtBack[] {
  const all = reports.flatMap(({ report }) => report.back ?? [])
  return [...new Map(all.map((one) => [one.system, one])).values()]
}

function listLost(reports: readonly Standing[]): string[] {
  return reports.flatMap(({ report }) => report.lost.map(plainText))
}

function fact(label: string, text: string): CardRow {
  return { kind: 'fact', label, text }
}
