import type { HeldRows, TableLoss } from '../../../domain/loss.ts'

/** What one comparison of live with the other side tells, by numbers of rows. */
export interface SinceCounts {
  /** Rows of live now, and those of them that came or were changed since. */
  readonly rows: number
  readonly since: number
  /** Of these, rows that the other side lacks. */
  readonly added: number
  /** Rows that the other side has and live does not. */
  readonly gone: number
}

/**
 * How many rows were deleted from live since it took the other side's place and would come back with that one. Rows
 * that live never had are no deletion: `held` says how many there were. One of these that somebody wrote into live
 * meanwhile hides a deletion, so what could be so is only a lower bound.
 */
export function tellGone(now: SinceCounts, held: HeldRows | undefined): Deleted {
  if (held === undefined) return between(0, now.gone)
  const least = Math.max(0, now.gone - held.lacking)
  // Each row of then that is not as it was: deleted, or written again.
  const moved = Math.max(0, held.rows - (now.rows - now.since))
  const hidden = Math.min(held.lacking, now.since - now.added)
  const most = Math.min(now.gone, moved, least + hidden)
  return between(least, most)
}

export type Deleted = Pick<TableLoss, 'gone' | 'atLeast' | 'mostGone'>

function between(least: number, most: number): Deleted {
  return most > least ? { gone: least, atLeast: true, mostGone: most } : { gone: least, atLeast: false }
}
