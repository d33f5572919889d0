import { SalvorError } from '../../domain/errors/fail.ts'
import { isResting } from '../../domain/job.ts'
import { findUndoOf } from '../../domain/undone.ts'
import type { JobView } from '../../domain/view.ts'
import type { AnyJobKind } from '../define-job.ts'

/**
 * Why a job cannot be taken back now, and what can be done instead; null where it can. `others` are the jobs of its
 * incident: what took it back already stands among them.
 */
export function whyNoUndo(view: JobView, kind: AnyJobKind | undefined, others: readonly JobView[]): SalvorError | null {
  const { id, state } = view.job
  if (!isResting(state)) return new SalvorError('undo_early', { job: id })
  const [first, ...later] = findUndoOf(id, others)
  if (first !== undefined) {
    const last = later.at(-1) ?? first
    // Of a remedy that was taken back there is nothing more to take back: it is asked for anew.
    if (last.kind === 'fix') return new SalvorError('undo_done', { job: id, by: first.id, words: view.job.words })
    return new SalvorError('undo_taken_back', { job: id, by: first.id, last: last.id })
  }
  // A kind with a way back of its own knows its effect, even where the job came to no good end after it.
  const hasEnded = kind?.undoneBy !== undefined || state === 'succeeded'
  if (hasEnded && kind?.report(view).undo) return null
  const own = kind?.noUndo?.(view)
  if (own) return own
  if (state !== 'succeeded') return new SalvorError('undo_unfinished', { job: id })
  return new SalvorError('undo_nothing', { job: id })
}
