import type { KindCard } from '../domain/cards/job-card.ts'
import type { OutcomeWords } from '../domain/cards/outcome-card.ts'
import type { JobView } from '../domain/view.ts'
import { attempt } from './attempt.ts'
import type { JobRegister } from './define-job.ts'
import { findOffers, type Reach } from './job-offers.ts'

/** What its kind says of a job, for its card; where it cannot, what was asked for. */
export function describeJob(jobs: JobRegister, view: JobView): KindCard {
  return attempt(() => jobs.find(view.job.kind)?.card(view)) ?? { headline: view.job.words, lines: [] }
}

const done = { summary: 'done', proven: [], lost: [], left: [], undo: false }

/** What a job that ended says of itself, and what can be done about it now. */
export async function describeOutcome(reach: Reach, view: JobView): Promise<OutcomeWords> {
  const report = attempt(() => reach.jobs.find(view.job.kind)?.report(view)) ?? done
  return { ...report, ...(await findOffers(reach, view)) }
}
