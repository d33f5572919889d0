import type { Finding } from '../remedy-match.ts'
import { quoteName, type Suggestion } from './suggestion.ts'

/** Bytes that are no text of the database's encoding, or text that was read as another one. */
export function setEncoding(finding: Finding): Suggestion | null {
  if (finding.label !== 'encoding' && finding.code !== '22021' && finding.code !== '22P05') return null
  const [table, column] = [quoteName(finding.table, 'table'), quoteName(finding.column, 'column')]
  const sql = [
    '-- text that was read as Latin-1 although it was UTF-8:',
    `UPDATE ${table} SET ${column} = convert_from(convert_to(${column}, 'LATIN1'), 'UTF8')`,
    ` WHERE ${column} ~ '[ÂÃ][\\u0080-\\u00BF]';`,
    '-- so that the next attempt says what it sends (takes effect with its next session):',
    "ALTER ROLE <role of the migration> SET client_encoding = 'LATIN1';",
  ].join('\n')
  const note = 'Find out the encoding of the source first: one wrong guess breaks the text a second time.'
  return { title: 'Set the encoding of the source', sql, exact: false, note }
}
