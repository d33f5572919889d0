import type { Card, CardRow } from '../domain/card.ts'
import { writeDuration } from '../domain/cards/durations.ts'
import { markPerson, markTime, plainText } from '../domain/text.ts'
import { nameUndo } from '../domain/undone.ts'
import type { Report, ReportedJob } from './report.ts'

/** Lines of one fact that a thread can bear; the file has them all. */
const shown = 8

/** The report as the thread shows it: the outcome in five facts, the rest in the file. */
export function reportCard(report: Report): Card {
  const headline = `Report #${report.incident} · ${sayOutcome(report)}`
  const done = report.jobs.filter(({ state }) => state === 'succeeded')
  return {
    headline,
    rows: [
      ...(report.emergencies.length > 0
        ? [
            fact(
              '🚨 Alone',
              report.emergencies.map(({ by, text }) => `${markPerson(by)}, ${text}`),
            ),
          ]
        : []),
      ...(report.accepted.length > 0
        ? [
            fact(
              '⚠ Accepted',
              report.accepted.map(({ by, text }) => `${markPerson(by)}, ${text}`),
            ),
          ]
        : []),
      fact('What', [sayWhat(report)]),
      fact('Cause', [`${report.cause}.`]),
      fact('Done', done.map(sayDone), 'nothing'),
      fact('Proven', report.proven, 'nothing'),
      fact('Lost', report.lost, done.some(({ kind }) => kind === 'restore') ? 'nothing reported' : 'nothing restored'),
      fact('Left', report.left, 'nothing known'),
      ...(report.failures.length > 0 ? [fact('Failed', [countFailures(report)])] : []),
      ...(report.lessons.length > 0
        ? [
            fact(
              'Lessons',
              report.lessons.map(({ text }) => text),
            ),
          ]
        : []),
      { kind: 'small', text: `📄 ${nameReportFile(report.incident)} · ${sayChain(report)}` },
    ],
    buttons: [],
    fallback: `${headline} · lost: ${report.lost.join('; ') || 'nothing reported'}`,
  }
}

export function nameReportFile(incident: number): string {
  return `incident-${incident}.md`
}

/** `recovered 03:14, 16 min after opening, 2 h 46 to spare`. May carry marks. */
export function sayOutcome(report: Report): string {
  const { recoveredAt, tookMs, toSpareMs } = report
  if (recoveredAt === null || tookMs === null) return `not recovered, ${report.state}`
  const parts = [`recovered ${markTime(recoveredAt)}`, `${writeDuration(tookMs)} after opening`]
  if (toSpareMs !== null) {
    parts.push(toSpareMs >= 0 ? `${writeDuration(toSpareMs)} to spare` : `${writeDuration(-toSpareMs)} late`)
  }
  return parts.join(', ')
}

/** `61 events, chain whole`, or where it is broken. */
export function sayChain({ audit }: Report): string {
  return audit.whole
    ? `${audit.events} events, chain whole`
    : `${audit.events} events, chain BROKEN${audit.why ? `: ${audit.why}` : ''}`
}

function sayWhat(report: Report): string {
  const source = report.beganSource === 'log' ? ' (its log)' : ''
  const began = report.beganAt === null ? 'unknown when' : `${markTime(report.beganAt, 'both')}${source}`
  return `${report.title} · opened by ${namePerson(report.openedBy)} ${markTime(report.openedAt, 'both')} · migration began ${began}`
}

function countFailures({ failures }: Report): string {
  return failures.length === 1 ? 'once, see the file' : `${failures.length} times, see the file`
}

/** By name, without alerting anybody: a report is no call to act. Only a bare Slack id needs its mark to be readable. */
function namePerson(person: string): string {
  return /^[UW][A-Z0-9]{5,}$/.test(person) ? markPerson(person) : plainText(person)
}

function sayDone(job: ReportedJob): string {
  const approved = job.approvedBy.length > 0 ? `, approved ${job.approvedBy.map(namePerson).join(', ')}` : ''
  const undone = job.takenBack.length === 0 ? '' : `, undone by ${nameUndo(job.takenBack)}`
  return `${job.id} (${namePerson(job.requester)}${approved}${undone})`
}

function fact(label: string, lines: readonly string[], none = 'unknown'): CardRow {
  const rest = lines.length - shown
  const kept = lines.slice(0, shown)
  const text = [...kept, ...(rest > 0 ? [`and ${rest} more, see the file`] : [])].join('\n')
  return { kind: 'fact', label, text: text || none }
}
