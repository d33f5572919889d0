import type { Card, CardRow } from '../domain/card.ts'
import { type Incident, leadOf } from '../domain/incident.ts'
import { isResting, type Job } from '../domain/job.ts'
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
  const isQuiet = view.jobs.every(({ job }) => isResting(job.state)) && listFailed(view, kinds).length === 0
  const state = incident.state === 'open' && back.length > 0 && isQuiet ? 'back' : incident.state
  const headline = fillIn(words.headline[state], { title: plainText(incident.title) })
  const sentences = [...back.map((one) => sayBack(one, words)), sayNow(view, kinds, back, words)]
  // Until something was compared and brought back, that nothing is known is not that nothing is lost.
  const isCompared = back.length > 0 || incident.state === 'recovered'
  const { updateText, updatedAt } = incident
  const said = updateText === null ? '' : `${plainText(updateText)}${updatedAt ? ` (${markTime(updatedAt)})` : ''}`
  return {
    headline,
    rows: [
      fact(words.labels.now, sentences.join('\n')),
      ...(incident.state === 'open' ? [fact(words.labels.when, sayWhen(incident, words, now))] : []),
      fact(words.labels.lost, listLost(reports).join('\n') || (isCompared ? words.nothingLost : words.lossUnknown)),
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

function sayNow(view: IncidentView, kinds: BriefKinds, back: readonly BroughtBack[], words: BriefWords): string {
  const { state, recoveredAt, closedAt } = view.incident
  const { incident, jobs } = view
  if (state === 'recovered') return fillIn(words.now.recovered, { time: markTime(recoveredAt ?? incident.openedAt) })
  if (state === 'closed')
    return fillIn(recoveredAt === null ? words.now.unrecovered : words.now.closed, {
      time: markTime(closedAt ?? incident.openedAt),
    })
  const active = jobs.filter(({ job }) => !isResting(job.state))
  if (active.some(({ job }) => job.state === 'needs_person')) return words.now.stuck
  if (active.some(({ job }) => kinds.takesBack(job) !== undefined)) return words.now.undoing
  if (active.some(({ job }) => job.state === 'awaiting_approval')) return words.now.deciding
  if (active.some(({ job }) => job.kind === 'restore')) return words.now.restoring
  if (active.length > 0) return words.now.working
  const failed = listFailed(view, kinds)
  if (back.length > 0) return failed.length === 0 ? words.now.rest : sayFailed(failed, back, words)
  // Nothing is back yet: how the last attempt went tells where they are.
  const last = jobs.findLast(({ job }) => !kinds.overtaken.has(job.id))?.job
  return last?.state === 'failed' ? words.now.stuck : words.now.looking
}

/** What stands as it failed, whatever went well after it. What a later job answered does not any more. */
function listFailed({ jobs }: IncidentView, { overtaken }: BriefKinds): Job[] {
  return jobs.flatMap(({ job }) => (job.state === 'failed' && !overtaken.has(job.id) ? [job] : []))
}

function sayFailed(failed: readonly Job[], back: readonly BroughtBack[], words: BriefWords): string {
  const since = Math.min(...back.map((one) => Date.parse(one.since)))
  const isLater = failed.some(({ finishedAt }) => finishedAt !== null && Date.parse(finishedAt) > since)
  return isLater ? words.now.stuckLater : words.now.stuck
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
    const chain = findUndoOf(job.id, jobs, takesBack)
    if (report === undefined || !stillStands(chain)) return []
    // What was taken back and stands again was away in between: it is back since the last of those who turned it.
    const turned = jobs.find((one) => one.job.id === chain.at(-1))?.job.finishedAt
    const back = report.back && turned ? { ...report.back, since: turned } : report.back
    return [{ id: job.id, report: { ...report, back } }]
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
