import type { JobOffers } from '../domain/cards/job-words.ts'
import { findUndoOf } from '../domain/undone.ts'
import { findCurrentStep, type JobView } from '../domain/view.ts'
import type { StoreReader } from '../ports/reader.ts'
import { attempt } from './attempt.ts'
import type { JobRegister } from './define-job.ts'
import { whyNoUndo } from './moves/why-no-undo.ts'
import { listOvertaken } from './overtaken.ts'
import { takesBack } from './takes-back.ts'

/** Where to look for what can be done. */
export interface Reach {
  readonly jobs: JobRegister
  readonly store: Pick<StoreReader, 'viewIncident' | 'listSucceededJobs'>
}

/** What people can do with a job now beside what its state allows, and the jobs that took it back, oldest first. */
interface FoundOffers extends JobOffers {
  readonly takenBack: readonly string[]
  /** The later job that answered it where it failed; null while it waits for somebody. */
  readonly overtaken?: string | null
}

/**
 * The one place that says whether Undo is still offered and what helps after a failure: live cards, outcomes and
 * terminals ask here, and the move itself judges by the same rule.
 */
export async function findOffers(reach: Reach, view: JobView): Promise<FoundOffers> {
  const { job } = view
  const kind = reach.jobs.find(job.kind)
  if (job.state === 'succeeded') {
    const others = await listOthers(reach, view)
    const takenBack = findUndoOf(job.id, others, takesBack(reach.jobs))
    return { undo: attempt(() => whyNoUndo(view, reach.jobs, others) === null) ?? false, instead: null, takenBack }
  }
  if (job.state !== 'failed') return { undo: false, instead: null, takenBack: [] }
  const failure = findCurrentStep(view)?.failure
  const instead = failure ? (attempt(() => kind?.instead?.(view, failure)) ?? null) : null
  const ofIncident = (await reach.store.viewIncident(job.incident))?.jobs ?? []
  const overtaken = listOvertaken(reach.jobs, ofIncident).get(job.id) ?? null
  return { undo: false, instead, takenBack: [], overtaken }
}

/** The jobs of its incident, and the last of each kind that stands on the same target, whichever incident it was in. */
export function listOthers(reach: Reach, view: JobView): Promise<JobView[]> {
  return listAround(reach, view, 1)
}

/** Jobs of a kind and target that are looked at behind one that succeeded: undoing many in turn reaches far back. */
const BELOW = 20

/**
 * The jobs whose Undo may have come or gone with one that succeeded: it took them back, or stands where they do. They
 * may be of another incident, which nothing was told of.
 */
export async function listBelow(reach: Reach, view: JobView): Promise<JobView[]> {
  const { id, lockTarget } = view.job
  if (lockTarget === null) return []
  const all = (await listAround(reach, view, BELOW)).filter(
    ({ job }) => job.state === 'succeeded' && job.lockTarget === lockTarget && job.id !== id,
  )
  return [...new Map(all.map((one) => [one.job.id, one])).values()]
}

/** The jobs of its incident, and the last few of each kind that stands on its target. */
async function listAround({ jobs, store }: Reach, { job }: JobView, few: number): Promise<JobView[]> {
  const ofIncident = (await store.viewIncident(job.incident))?.jobs ?? []
  const { lockTarget } = job
  if (lockTarget === null) return [...ofIncident]
  const standing = jobs.list().filter((kind) => kind.stands !== undefined)
  const elsewhere = await Promise.all(standing.map(({ name }) => store.listSucceededJobs(name, lockTarget, few)))
  return [...ofIncident, ...elsewhere.flat()]
}
