import type { Card, CardRow } from '../domain/card.ts'
import { type Incident, leadOf } from '../domain/incident.ts'
import { isResting } from '../domain/job.ts'
import { fillIn } from '../domain/message.ts'
import { markPerson, markTime, plainText } from '../domain/text.ts'
import type { IncidentView } from '../domain/view.ts'
import { type BriefWords, briefWords } from './brief-words.ts'
import { readJobReport } from './read-job-report.ts'

/** What those who wait for the outcome want to know, in the language of the plan and in plain words. */
export function buildBriefCard(view: IncidentView, language: 'en' | 'ko', now: Date): Card {
  const words = briefWords[language]
  const { incident } = view
  const headline = fillIn(words.headline[incident.state], { title: plainText(incident.title) })
  const sentence = sayNow(view, words)
  const { updateText, updatedAt } = incident
  const said = updateText === null ? '' : `${plainText(updateText)}${updatedAt ? ` (${markTime(updatedAt)})` : ''}`
  return {
    headline,
    rows: [
      fact(words.labels.now, sentence),
      ...(incident.state === 'open' ? [fact(words.labels.when, sayWhen(incident, words, now))] : []),
      fact(words.labels.lost, listLost(view).join('\n') || words.nothingLost),
      ...(said === '' ? [] : [fact(words.labels.word, said)]),
      fact(words.labels.lead, markPerson(leadOf(incident))),
      {
        kind: 'small',
        text: fillIn(words.asOf, { time: markTime(now.toISOString(), 'both'), severity: `${incident.severity}` }),
      },
    ],
    buttons: [],
    fallback: `${headline}. ${sentence}`,
  }
}

function sayNow({ incident, jobs }: IncidentView, words: BriefWords): string {
  const { state, recoveredAt, closedAt } = incident
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
  return jobs.at(-1)?.job.state === 'failed' ? words.now.stuck : words.now.looking
}

function sayWhen({ deadline }: Incident, words: BriefWords, now: Date): string {
  if (deadline === null) return words.noPromise
  const time = markTime(deadline)
  return fillIn(Date.parse(deadline) < now.getTime() ? words.overdue : words.due, { time })
}

/** What the jobs whose effect stands say that is gone. */
function listLost({ jobs }: IncidentView): string[] {
  const reports = jobs.flatMap(({ job }) => {
    const report = job.state === 'succeeded' ? readJobReport(job.outcome) : undefined
    return report === undefined ? [] : [{ id: job.id, report }]
  })
  const ended = new Set(reports.flatMap(({ report }) => report.ends ?? []))
  return reports.filter(({ id }) => !ended.has(id)).flatMap(({ report }) => report.lost.map(plainText))
}

function fact(label: string, text: string): CardRow {
  return { kind: 'fact', label, text }
}
