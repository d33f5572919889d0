import { isResting, type JobState } from '../domain/job.ts'
import type { JobView } from '../domain/view.ts'
import type { StoreReader } from '../ports/reader.ts'
import { exits } from './documents.ts'
import type { LiveCards } from './live-cards.ts'
import type { Look, Subject } from './watch.ts'

/** States in which only a person can bring a job on. */
export const awaitingStates: readonly (JobState | null)[] = ['awaiting_approval', 'awaiting_person', 'needs_person']

/** A job as something to watch. */
export function watchJob(store: Pick<StoreReader, 'viewJob'>, cards: LiveCards, job: string): Subject {
  return {
    id: job,
    async look() {
      const view = await store.viewJob(job)
      return view && describe(view, cards)
    },
  }
}

function describe(view: JobView, cards: LiveCards): Look {
  const { job } = view
  return {
    incident: job.incident,
    state: job.state,
    // Whom an approval waits for stands on the card that asks.
    waitingFor: job.state === 'awaiting_approval' ? null : job.waitingFor,
    isAbout: (event) => event.job === job.id,
    card: () => cards.job(view),
    judge: (through) => judge(view, through),
    async last(events) {
      if (job.state === 'awaiting_approval') return [(await cards.approval(view)) ?? (await cards.job(view))]
      if (job.state === 'awaiting_person') return [await cards.job(view), ...(await cards.cases(view))]
      const ending = events.findLast(({ type }) => endings.has(type))
      return [(await cards.outcome(view, ending)) ?? (await cards.job(view))]
    },
  }
}

const endings = new Set(['job_succeeded', 'job_failed', 'job_stopped', 'job_rejected', 'job_needs_person'])

function judge({ job }: JobView, through: boolean): number | null {
  if (isResting(job.state)) {
    // Stopping a job that rests puts away what it left, and that takes its time.
    if (job.cleanUpRequestedBy !== null) return null
    return job.state === 'succeeded' ? exits.done : exits.failed
  }
  return awaitingStates.includes(job.state) && !through && job.stopRequestedAt === null ? exits.waits : null
}
