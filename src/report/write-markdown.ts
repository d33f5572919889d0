import { writeDuration } from '../domain/cards/durations.ts'
import { markPerson, markTime } from '../domain/text.ts'
import { nameUndo } from '../domain/undone.ts'
import { writeClock, writeDay } from '../engine/say/zone-time.ts'
import { escapeMarkdown, writeMarked } from './escape-markdown.ts'
import type { Report, ReportedApproval, ReportedJob, ReportedNote, ReportedPin } from './report.ts'
import { sayChain, sayOutcome } from './report-card.ts'

/** The whole story as a file: what the thread says, then every failure, decision and event with its time. */
export function writeReportMarkdown(report: Report): string {
  const say = (text: string) => writeMarked(text, report.timezone)
  const list = (lines: readonly string[], none: string) =>
    lines.length === 0 ? [none] : lines.map((line) => `- ${say(line)}`)
  const sections: string[][] = [
    [`# Incident #${report.incident}: ${escapeMarkdown(report.title)}`, '', `**${say(sayOutcome(report))}**`],
    ...(report.emergencies.length === 0
      ? []
      : [['## Done alone, because nobody answered', '', ...list(report.emergencies.map(sayNote), '')]]),
    ...(report.accepted.length === 0
      ? []
      : [['## Gone on over findings', '', ...list(report.accepted.map(sayNote), '')]]),
    ['## What happened', '', ...list(listFrame(report), '')],
    ['## What was done', '', ...list(report.jobs.map(sayJob), 'Nothing was done.')],
    ['## Proven', '', ...list(report.proven, 'Nothing was proven.')],
    ['## Lost', '', ...list(report.lost, 'No loss was reported.')],
    ['## Left', '', ...list(report.left, 'Nothing known.')],
    ['## What failed', '', ...list(report.failures.map(sayFailure), 'Nothing failed.')],
    ['## Approvals', '', ...list(report.approvals.map(sayApproval), 'None was asked for.')],
    ['## From the thread', '', ...list(report.pinned.map(sayPin), 'No message was put on the record.')],
    ['## Notes', '', ...list(report.notes.map(sayNote), 'None.')],
    ['## Lessons', '', ...list(report.lessons.map(sayNote), 'None recorded.')],
    ['## Timeline', '', ...writeTimeline(report)],
    ['## Journal', '', ...list(listProof(report), '')],
  ]
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function listFrame(report: Report): string[] {
  const { beganAt, beganSource, deadline, recoveredAt, recoveredBy, closedAt } = report
  const when = (iso: string | null, none: string) => (iso === null ? none : markTime(iso, 'both'))
  const source = beganSource === null ? '' : beganSource === 'log' ? ', as its log says' : ', as a person said'
  const by = recoveredBy === null || recoveredBy === 'salvor' ? '' : `, said by ${markPerson(recoveredBy)}`
  return [
    `Cause: ${report.cause}.`,
    `Severity ${report.severity}, now ${report.state}`,
    `Opened: ${markTime(report.openedAt, 'both')} by ${markPerson(report.openedBy)}`,
    `Migration began: ${when(beganAt, 'unknown')}${beganAt === null ? '' : source}`,
    `Deadline: ${when(deadline, 'none was set')}`,
    `Recovered: ${when(recoveredAt, 'not recovered')}${by}`,
    `From opening to recovered: ${report.tookMs === null ? 'not recovered' : writeDuration(report.tookMs)}`,
    ...(closedAt === null ? [] : [`Closed: ${markTime(closedAt, 'both')}`]),
  ]
}

function sayJob(job: ReportedJob): string {
  const approved = job.approvedBy.length > 0 ? `, approved by ${job.approvedBy.map(markPerson).join(', ')}` : ''
  const asked = `«${job.words}» asked by ${markPerson(job.requester)} ${markTime(job.requestedAt, 'both')}${approved}`
  const end = job.endedAt === null ? job.state : `${job.state} ${markTime(job.endedAt, 'both')}`
  const undone = job.takenBack.length === 0 ? '' : ` · undone by ${nameUndo(job.takenBack)}`
  return `${job.id}: ${asked} · ${end}${job.summary === null ? '' : `: ${job.summary}`}${undone}`
}

function sayFailure(failure: Report['failures'][number]): string {
  const where = failure.step === null ? failure.job : `${failure.job}, ${failure.step}`
  return `${markTime(failure.at, 'both')} ${where}: ${failure.said} (${failure.code})`
}

function sayApproval(approval: ReportedApproval): string {
  const decisions = approval.decisions.map(
    ({ person, decision, reason, at }) =>
      `${decision === 'approve' ? 'approved' : 'rejected'} by ${markPerson(person)} ${markTime(at, 'both')}${reason === null ? '' : ` (${reason})`}`,
  )
  const shown = `shown as lost: ${approval.lost}; unproven: ${approval.unproven}`
  const who = decisions.length === 0 ? 'nobody decided' : decisions.join(', ')
  return `${approval.job}, ${approval.action} (${approval.code}, digest ${approval.digest}): asked ${markTime(approval.askedAt, 'both')}, ${who} · ${approval.state} · ${shown}`
}

function sayNote(note: ReportedNote): string {
  return `${markTime(note.at, 'both')} ${markPerson(note.by)}: ${note.text}`
}

function sayPin(pin: ReportedPin): string {
  const who = pin.by === 'salvor' ? 'Salvor' : markPerson(pin.by)
  return `${markTime(pin.at, 'both')} ${who}: ${pin.text}${pin.since === null ? '' : ` (${pin.since} since)`}`
}

/** Each event with its number in the journal, so that a reader can find it there. */
function writeTimeline({ timeline, timezone }: Report): string[] {
  const rows = timeline.map(({ no, at, by, text }) => {
    const here = `${writeDay(at, timezone)} ${writeClock(at, timezone)}`
    return `| ${no} | ${here} | ${at} | ${escapeMarkdown(by)} | ${writeMarked(text, timezone)} |`
  })
  return [`| Event | ${escapeMarkdown(timezone)} | UTC | Who | What |`, '| ---: | --- | --- | --- | --- |', ...rows]
}

function listProof(report: Report): string[] {
  return [
    sayChain(report),
    `Head hash: ${report.audit.headHash}`,
    `Still the same later? \`salvor audit ${report.incident} --anchor ${report.audit.events}:${report.audit.headHash}\``,
    `Report made: ${markTime(report.madeAt, 'both')}, from the journal alone`,
  ]
}
