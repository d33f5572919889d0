import type { Loss } from '../../src/domain/loss.ts'
import type { LiveCount } from '../../src/ports/database-tools.ts'

/** What goes where no former database is there to compare with: rows that came or were changed, by their transactions. */
export function countWritten(live: LiveCount): Loss {
  const tables = Object.entries(live.written)
    .sort()
    .map(([table, added]) => {
      const known = { changed: 0, gone: 0, by: 'transaction', atLeast: false, role: 'data', why: null } as const
      return { table, added, ...known, columns: [], keys: [] }
    })
  return { tables, sequences: [], objects: [], compared: Object.keys(live.rows).length }
}
