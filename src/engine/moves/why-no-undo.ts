import { SalvorError } from '../../domain/errors/fail.ts'
import { isResting } from '../../domain/job.ts'
import { findUndoOf } from '../../domain/undone.ts'
import type { JobView } from '../../domain/view.ts'
import type { JobRegister } from '../define-job.ts'
import { takesBack } from '../takes-back.ts'

/**
 * Why a job cannot be taken back now, and what can be done instead; null where it can. `others` are the jobs of its
 * incident, where what took it back already stands among them, and what else stands on its target.
 */
export function whyNoUndo(view: JobView, jobs: JobRegister, others: readonly JobView[]): SalvorError | null {
  const { id, state } = view.job
  const kind = jobs.find(view.job.kind)
  if (!isResting(state)) return new SalvorError('undo_early', { job: id })
  const [first, ...later] = findUndoOf(id, others, takesBack(jobs))
  if (first !== undefined) {
    const last = others.find(({ job }) => job.id === (later.at(-1) ?? first))
    // What took it back and has no way back itself: it is asked for anew.
    if (last === undefined || !offersUndo(last, jobs))
      return new SalvorError('undo_done', { job: id, by: first, words: view.job.words })
    return new SalvorError('undo_taken_back', { job: id, by: first, last: last.job.id })
  }
  if (offersUndo(view, jobs)) {
    const above = findAbove(view, jobs, others)
    if (above === undefined) return null
    return new SalvorError('undo_above', { job: id, above, system: kind?.system(view.job.params as never) ?? id })
  }
  const own = kind?.noUndo?.(view)
  if (own) return own
  if (state !== 'succeeded') return new SalvorError('undo_unfinished', { job: id })
  return new SalvorError('undo_nothing', { job: id })
}

/** A kind with a way back of its own knows its effect, even where the job came to no good end after it. */
function offersUndo(view: JobView, jobs: JobRegister): boolean {
  const kind = jobs.find(view.job.kind)
  const hasEnded = kind?.undoneBy !== undefined || view.job.state === 'succeeded'
  return hasEnded && kind?.report(view).undo === true
}

/** The last job that put something else where this one left its own; undefined where what it left stands there. */
function findAbove(view: JobView, jobs: JobRegister, others: readonly JobView[]): string | undefined {
  const standingOf = (one: JobView) => jobs.find(one.job.kind)?.stands?.(one) ?? null
  const mine = standingOf(view)
  if (mine === null) return undefined
  const last = others
    .flatMap((other) => {
      const standing = standingOf(other)
      return standing?.on === mine.on ? [{ ...standing, id: other.job.id }] : []
    })
    .toSorted((one, other) => one.since.localeCompare(other.since))
    .at(-1)
  return last === undefined || last.since <= mine.since || last.as === mine.as ? undefined : last.id
}
