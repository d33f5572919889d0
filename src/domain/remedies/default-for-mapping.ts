import type { Finding } from '../remedy-match.ts'
import { quoteName, type Suggestion } from './suggestion.ts'

/** A value that the mapping does not give: a default, told by people who know what it means. */
export function defaultForMapping(finding: Finding): Suggestion | null {
  if (finding.code !== '23502') return null
  const { table, column } = finding
  const place = table && column ? `${table}.${column}` : 'the column'
  const sql = `ALTER TABLE ${quoteName(table, 'table')} ALTER COLUMN ${quoteName(column, 'column')} SET DEFAULT <value>;`
  const note =
    'It helps only where the migration leaves the column out; a NULL that it writes needs the mapping mended.'
  return { title: `Give ${place} a default`, sql, exact: false, note }
}
