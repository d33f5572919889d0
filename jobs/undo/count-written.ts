import type { LossByTable } from '../../src/domain/content.ts'
import type { TableLoss } from '../../src/domain/loss.ts'
import type { LiveCount } from '../../src/ports/database-tools.ts'

/**
 * What was written since a switch, told by transactions: rows that came or were changed exactly; deleted ones from how
 * many there were at the switch, at least, since a changed row and a deleted with a new one look alike.
 */
export function countWritten(before: LossByTable | null, live: LiveCount): TableLoss[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(live.rows), ...Object.keys(live.written)])
  return [...names].sort().flatMap((table): TableLoss[] => {
    const written = live.written[table] ?? 0
    const replaced = before === null ? null : (before[table] ?? 0) - ((live.rows[table] ?? 0) - written)
    const gone = Math.max(0, (replaced ?? 0) - written)
    if (written === 0 && gone === 0) return []
    const atLeast = replaced === null || (written > 0 && replaced > 0)
    const common = { changed: 0, columns: [], keys: [], why: null, role: 'data' } as const
    return [{ table, added: written, gone, by: 'transaction', atLeast, ...common, columns: [], keys: [] }]
  })
}
