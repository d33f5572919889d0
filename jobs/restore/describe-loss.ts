import type { LossByTable } from '../../src/domain/content.ts'

/** `at most 212 orders, 640 order_items`; the largest first, at most six tables, then how many more. */
export function describeLoss(loss: LossByTable): string {
  const tables = Object.entries(loss).toSorted(([, one], [, other]) => other - one)
  if (tables.length === 0) return 'nothing: live holds no row more than the backup'
  return `at most ${listTables(tables)}`
}

/** Rows that were changed in place: their number is not in the loss, their change is. */
export function describeChanges(written: LossByTable, loss: LossByTable, since: 'backup' | 'preflight'): string | null {
  const changed = Object.entries(written).flatMap(([table, rows]): [string, number][] => {
    const more = rows - (loss[table] ?? 0)
    return more > 0 ? [[table, more]] : []
  })
  if (changed.length === 0) return null
  const from = since === 'backup' ? 'since the backup' : 'since preflight'
  return `changes ${from} to ${listTables(changed.toSorted(([, one], [, other]) => other - one))}`
}

function listTables(tables: readonly (readonly [string, number])[]): string {
  const rest = tables.length > 6 ? ` and rows of ${tables.length - 6} more tables` : ''
  return (
    tables
      .slice(0, 6)
      .map(([table, rows]) => `${rows.toLocaleString('en-US')} ${table.replace(/^public\./, '')}`)
      .join(', ') + rest
  )
}
