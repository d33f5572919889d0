import { checkChain } from '../domain/chain.ts'
import { hashText } from '../domain/digest.ts'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Event } from '../domain/events.ts'
import type { Incident } from '../domain/incident.ts'
import type { Json } from '../domain/json.ts'
import { plainText } from '../domain/text.ts'
import type { IncidentView } from '../domain/view.ts'
import type { Answer, CommandContext } from '../engine/define-command.ts'
import type { JobReport } from '../engine/define-job.ts'
import { listOvertaken } from '../engine/overtaken.ts'
import { takesBack } from '../engine/takes-back.ts'
import { buildReport } from './build-report.ts'
import { readJobReport } from './read-job-report.ts'
import type { Report, ReportedAudit } from './report.ts'
import { nameReportFile, reportCard } from './report-card.ts'
import { writeReportMarkdown } from './write-markdown.ts'

/** Reads the journal to its head, re-computes its chain, and answers card and file. Journals that a report was made. */
export async function makeReport(
  context: CommandContext,
  number: number,
  /** Set for the last one, made as the incident is closed. */
  closing?: { readonly reason: string | null },
): Promise<Answer> {
  const view = await context.store.viewIncident(number)
  if (!view) throw new SalvorError('incident_unknown', { number })
  const events = await readJournal(context, view.incident)
  const audit = auditJournal(events, view.incident)
  const overtaken = listOvertaken(context.jobs, view.jobs)
  const kinds = { reports: collectReports(view), takesBack: takesBack(context.jobs), overtaken }
  const made = buildReport(events, view, kinds, audit, context.clock.now(), context.plan)
  const report = closing ? asClosed(made, closing.reason) : made
  const text = writeReportMarkdown(report)
  const sha256 = hashText(text)
  const of = { sha256, events: events.length, bytes: Buffer.byteLength(text) }
  await context.engine.recordReport(context.said, number, of)
  return { kind: 'thread', card: reportCard(report), file: { name: nameReportFile(number), text } }
}

/** What is true once the move behind it is made. */
function asClosed(report: Report, reason: string | null): Report {
  const why = reason === null ? [] : [`closed without recovery: ${plainText(reason)}`]
  return { ...report, state: 'closed', closedAt: report.madeAt, left: [...why, ...report.left] }
}

/** Up to the head that was read: what is appended meanwhile belongs to the next report, not to a broken chain. */
async function readJournal(context: CommandContext, incident: Incident): Promise<Event[]> {
  const events: Event[] = []
  for (;;) {
    const page = await context.store.listEvents(incident.number, events.length, 1000)
    events.push(...page)
    if (page.length === 0 || events.length >= incident.headNo) break
  }
  return events.filter((event) => event.no <= incident.headNo)
}

function auditJournal(events: readonly Event[], incident: Incident): ReportedAudit {
  const links = events.map((event) => ({ ...event, data: event.data as unknown as Json }))
  const verdict = checkChain(links, incident)
  if (verdict.whole) return verdict
  const why = `event ${verdict.brokenAt}: ${verdict.why}`
  return { whole: false, events: events.length, headHash: incident.headHash, why }
}

function collectReports(view: IncidentView): Map<string, JobReport> {
  const reports = new Map<string, JobReport>()
  for (const { job } of view.jobs) {
    const report = job.state === 'succeeded' ? readJobReport(job.outcome) : undefined
    if (report) reports.set(job.id, report)
  }
  return reports
}
