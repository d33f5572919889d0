import type { Finding } from '../remedy-match.ts'
import { quoteName, type Suggestion } from './suggestion.ts'

const codes = ['23505', '23503', '23514', '23P01', '22007', '22008', '22P02']

/** Rows that no definition should be bent for: put aside, whole, where people can look at them. */
export function quarantineRows(finding: Finding): Suggestion | null {
  if (finding.code === null || !codes.includes(finding.code)) return null
  const { table } = finding
  const aside = quoteName(table ? `${table}_quarantine` : null, 'table for bad rows')
  const from = quoteName(table, 'table')
  const sql = [
    `CREATE TABLE IF NOT EXISTS ${aside} (LIKE ${from});`,
    `WITH bad AS (DELETE FROM ${from} WHERE <condition of the bad rows> RETURNING *)`,
    `INSERT INTO ${aside} SELECT * FROM bad;`,
  ].join('\n')
  const note = 'Rows that refer to them go with a cascade or stop it: the dry run counts both.'
  return { title: `Quarantine bad rows${table ? ` of ${table}` : ''}`, sql, exact: false, note }
}
