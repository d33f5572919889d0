import { describeError } from '../domain/errors/error-message.ts'
import type { Event } from '../domain/events.ts'
import type { JobState } from '../domain/job.ts'
import type { JsonObject } from '../domain/json.ts'
import type { LeftBehind } from '../domain/left-behind.ts'
import { plainText } from '../domain/text.ts'
import { followUndo, type TakesBack } from '../domain/undone.ts'
import type { ReportedJob } from './report.ts'

/** What the journal says of one job, while its events are gone through. */
interface JobSoFar {
  readonly asked: Event<'job_requested'>
  state: JobState
  endedAt: string | null
  summary: string | null
  left: readonly LeftBehind[]
}

/** A job with what it left behind, by the journal. */
export interface FoldedJob extends ReportedJob {
  readonly leftBehind: readonly LeftBehind[]
}

/** Goes through the journal once and says of each job how it stands, oldest first. */
export function foldJobs(
  events: readonly Event[],
  approvers: ReadonlyMap<string, readonly string[]>,
  takesBack: TakesBack,
): FoldedJob[] {
  const jobs = new Map<string, JobSoFar>()
  for (const event of events) {
    if (event.type === 'job_requested' && event.job !== null) {
      jobs.set(event.job, { asked: event, state: 'requested', endedAt: null, summary: null, left: [] })
    } else {
      const job = event.job === null ? undefined : jobs.get(event.job)
      if (job) applyEvent(job, event)
    }
  }
  const all = [...jobs].map(([id, job]) => describe(id, job, approvers.get(id) ?? []))
  const takers = [...jobs].flatMap(([id, job]) =>
    job.state === 'succeeded' ? [{ id, takes: readTaken(job, takesBack) }] : [],
  )
  return all.map((job) => ({ ...job, takenBack: followUndo(job.id, takers) }))
}

function applyEvent(job: JobSoFar, event: Event): void {
  switch (event.type) {
    case 'job_planned':
      job.state = 'planned'
      return
    case 'job_started':
    case 'job_resumed':
    case 'job_retried':
    case 'approval_granted':
      move(job, 'running', null, null)
      return
    case 'approval_asked':
      job.state = 'awaiting_approval'
      return
    case 'job_succeeded':
      job.left = []
      move(job, 'succeeded', event.at, event.data.summary)
      return
    case 'job_failed':
      move(job, 'failed', event.at, plainText(describeError(event.data.failure)))
      return
    case 'job_stopped':
      job.left = event.data.left
      move(job, 'stopped', event.at, `stopped by ${plainText(event.data.by)}`)
      return
    case 'job_rejected':
      move(job, 'rejected', event.at, `rejected by ${plainText(event.data.by)}: ${plainText(event.data.reason)}`)
      return
    case 'job_needs_person':
      move(job, 'needs_person', null, `nobody could say whether ${event.data.step} happened`)
      return
    case 'cleaned_up':
      job.left = event.data.left
      return
    default:
      return
  }
}

function move(job: JobSoFar, state: JobState, endedAt: string | null, summary: string | null): void {
  job.state = state
  job.endedAt = endedAt
  job.summary = summary
}

function describe(id: string, job: JobSoFar, approvedBy: readonly string[]): FoldedJob {
  const { asked } = job
  return {
    id,
    kind: asked.data.kind,
    words: plainText(asked.data.words),
    requester: asked.actor,
    requestedAt: asked.at,
    state: job.state,
    endedAt: job.endedAt,
    approvedBy,
    summary: job.summary,
    takenBack: [],
    leftBehind: job.left,
  }
}

/** Which job one took back, as its kind reads its parameters. */
function readTaken({ asked }: JobSoFar, takesBack: TakesBack): string | undefined {
  const { kind, params } = asked.data
  if (params === null || typeof params !== 'object' || Array.isArray(params)) return undefined
  return takesBack({ kind, params: params as JsonObject })
}
