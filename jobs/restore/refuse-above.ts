import { writeCount } from '../../src/domain/count.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { findAbove, type Loss } from '../../src/domain/loss.ts'

/** Named at most; the new card shows all. */
const NAMED = 10

/** Throws loss_above_ceiling if more would be lost than was shown. Without a record of what was shown, nothing was. */
export function refuseAbove(shown: Loss | undefined, now: Loss): void {
  const above = findAbove(shown ?? { tables: [], sequences: [], objects: [], compared: 0 }, now)
  if (above.length === 0) return
  const words = above.slice(0, NAMED).map(({ name, what, now: count, shown: most }) => {
    if (what === 'object') return `${name} came or changed since`
    if (what === 'unread') return `${name} can no longer be read`
    if (what === 'unknown') return `${name}: its rows can no longer be compared`
    if (what === 'gone_unknown')
      return `${name}: how many rows were deleted is no longer known, ${writeCount(most)} were shown`
    if (what === 'sequence') return `${name} stands at ${count}, or can no longer be read`
    return `${name}: ${writeCount(count)} rows ${what}, at most ${writeCount(most)} were shown`
  })
  const rest = above.length > NAMED ? [`and ${above.length - NAMED} more`] : []
  throw new SalvorError('loss_above_ceiling', { changes: [...words, ...rest].join('; ') })
}
