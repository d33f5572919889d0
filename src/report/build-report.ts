import { describeAll } from '../domain/acceptance.ts'
import { describeError } from '../domain/errors/error-message.ts'
import type { Event, EventType } from '../domain/events.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import { plainText } from '../domain/text.ts'
import { stillStands, type TakesBack } from '../domain/undone.ts'
import type { IncidentView } from '../domain/view.ts'
import type { JobReport } from '../engine/define-job.ts'
import { describeEvent } from './describe-event.ts'
import { findCause } from './find-cause.ts'
import { foldApprovals, listApprovers } from './fold-approvals.ts'
import { type FoldedJob, foldJobs } from './fold-jobs.ts'
import { foldPins, isTold } from './fold-pins.ts'
import { listLeft } from './list-left.ts'
import type { Report, ReportedAudit, ReportedFailure, ReportedNote } from './report.ts'

/** What the kinds of jobs say: of those that succeeded, by job id, and which job one takes back. */
export interface KindsSay {
  readonly reports: ReadonlyMap<string, JobReport>
  readonly takesBack: TakesBack
  /** Failed jobs that a later one answered: nothing of them is left to do. */
  readonly overtaken?: ReadonlyMap<string, string>
}

/**
 * Makes the report of an incident's journal. Nothing is invented: what the journal does not know is null, or said as
 * unknown.
 */
export function buildReport(
  events: readonly Event[],
  view: IncidentView,
  kinds: KindsSay,
  audit: ReportedAudit,
  now: Date,
  plan: RecoveryPlan,
): Report {
  const approvals = foldApprovals(events)
  const { pinned, hidden } = foldPins(events)
  const told = events.filter((event) => isTold(event, hidden))
  const jobs = foldJobs(events, listApprovers(approvals), kinds.takesBack)
  const standing = jobs.filter((job) => job.state === 'succeeded' && stillStands(job.takenBack))
  const ended = new Set(standing.flatMap(({ id }) => kinds.reports.get(id)?.ends ?? []))
  const reports = new Map([...kinds.reports].filter(([id]) => !ended.has(id)))
  const { proven, lost } = collectFacts(standing, reports)
  return {
    ...readOccasion(events, view),
    emergencies: listEmergencies(events),
    accepted: listAccepted(events),
    cause: findCause(events),
    jobs,
    proven,
    lost,
    left: listLeft(jobs, { ...kinds, reports }, view, plan),
    failures: listFailures(events),
    approvals,
    notes: listNotes(events, false),
    lessons: listNotes(events, true),
    pinned,
    timeline: told.flatMap((event) => {
      const text = describeEvent(event)
      return text === null ? [] : [{ no: event.no, at: event.at, by: event.actor, text }]
    }),
    audit,
    timezone: plan.timezone,
    madeAt: now.toISOString(),
  }
}

type Occasion = Pick<
  Report,
  | 'incident'
  | 'title'
  | 'severity'
  | 'state'
  | 'openedAt'
  | 'openedBy'
  | 'beganAt'
  | 'beganSource'
  | 'deadline'
  | 'recoveredAt'
  | 'recoveredBy'
  | 'closedAt'
  | 'tookMs'
  | 'toSpareMs'
>

/** The frame of the story. Reopening voids what was recovered or closed before it. */
function readOccasion(events: readonly Event[], { incident }: IncidentView): Occasion {
  const reopenedNo = findLast(events, 'incident_reopened')?.no ?? 0
  const since = events.filter((event) => event.no > reopenedNo)
  const opened = findLast(events, 'incident_opened')
  const began = findLast(events, 'incident_began_set')
  const recovered = findLast(since, 'incident_recovered')
  const closed = findLast(since, 'incident_closed')
  const openedAt = opened?.at ?? incident.openedAt
  const deadline = opened?.data.deadline ?? null
  const recoveredMs = recovered ? Date.parse(recovered.at) : null
  return {
    incident: incident.number,
    title: plainText(opened?.data.title ?? incident.title),
    severity: readSeverity(events) ?? incident.severity,
    state: closed ? 'closed' : recovered ? 'recovered' : 'open',
    openedAt,
    openedBy: opened?.actor ?? incident.openedBy,
    beganAt: began?.data.beganAt ?? opened?.data.beganAt ?? null,
    beganSource: began?.data.source ?? opened?.data.beganSource ?? null,
    deadline,
    recoveredAt: recovered?.at ?? null,
    recoveredBy: recovered?.data.by ?? null,
    closedAt: closed?.at ?? null,
    tookMs: recoveredMs === null ? null : recoveredMs - Date.parse(openedAt),
    toSpareMs: recoveredMs === null || deadline === null ? null : Date.parse(deadline) - recoveredMs,
  }
}

/** As somebody said last; those who opened it may have known little. */
function readSeverity(events: readonly Event[]): number | undefined {
  const said = events.flatMap((event) =>
    event.type === 'incident_opened' || event.type === 'incident_updated' ? (event.data.severity ?? []) : [],
  )
  return said.at(-1)
}

function findLast<T extends EventType>(events: readonly Event[], type: T): Event<T> | undefined {
  return events.findLast((event) => event.type === type) as Event<T> | undefined
}

/** What was proven and lost by the jobs whose effect stands. */
function collectFacts(jobs: readonly FoldedJob[], reports: ReadonlyMap<string, JobReport>) {
  const prefix = (id: string) => (line: string) => `${id}: ${line}`
  return {
    proven: jobs.flatMap(({ id }) => (reports.get(id)?.proven ?? []).map(prefix(id))),
    lost: jobs.flatMap(({ id }) => (reports.get(id)?.lost ?? []).map(prefix(id))),
  }
}

function listEmergencies(events: readonly Event[]): Report['emergencies'] {
  return events.flatMap((event) => {
    if (event.type !== 'approval_emergency') return []
    const text = `${event.job}: ${plainText(event.data.action)}: ${plainText(event.data.reason)}`
    return [{ at: event.at, by: event.actor, text }]
  })
}

function listAccepted(events: readonly Event[]): Report['accepted'] {
  return events.flatMap((event) => {
    if (event.type !== 'findings_accepted') return []
    const { findings, reason } = event.data
    const what = plainText(describeAll(findings).join('; '))
    return [{ at: event.at, by: event.actor, text: `${event.job}: ${what}. Why: ${plainText(reason)}` }]
  })
}

function listFailures(events: readonly Event[]): ReportedFailure[] {
  return events.flatMap((event): ReportedFailure[] => {
    // A failed job repeats the failure of its step; only one that failed outside a step stands for itself.
    if (event.type !== 'step_failed' && !(event.type === 'job_failed' && event.data.step === null)) return []
    const { failure, step } = event.data
    return [{ at: event.at, job: event.job ?? '', step, code: failure.code, said: plainText(describeError(failure)) }]
  })
}

function listNotes(events: readonly Event[], lesson: boolean): ReportedNote[] {
  return events
    .filter((event): event is Event<'note_added'> => event.type === 'note_added')
    .filter((event) => event.data.lesson === lesson)
    .map((event) => ({ at: event.at, by: event.actor, text: plainText(event.data.text) }))
}
