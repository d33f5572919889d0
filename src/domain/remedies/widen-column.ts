import type { Finding } from '../remedy-match.ts'
import { isExact, quoteName, type Suggestion } from './suggestion.ts'

/** Values too long or too large for their column: a wider type. */
export function widenColumn(finding: Finding): Suggestion | null {
  if (finding.code !== '22001' && finding.code !== '22003') return null
  const { table, column } = finding
  const sql = `ALTER TABLE ${quoteName(table, 'table')} ALTER COLUMN ${quoteName(column, 'column')} TYPE ${widerType(finding)};`
  const place = table && column ? `${table}.${column}` : 'the column'
  const note =
    'Look who else reads the column: a service may cut or refuse what is longer. Views on it must be made anew.'
  return { title: `Widen ${place}`, sql, exact: isExact(sql), note }
}

/** Twice the length that the message names; the next larger type of numbers. */
function widerType({ code, text }: Finding): string {
  const length = /character(?: varying)?\((\d{1,7})\)|varchar\((\d{1,7})\)/i.exec(text)
  if (length !== null) return `varchar(${Number(length[1] ?? length[2]) * 2})`
  if (/(?:smallint|integer|int[24]?) out of range|out of range for type (?:smallint|integer)/i.test(text))
    return 'bigint'
  const numeric = /precision (\d{1,4}), scale (\d{1,4})/.exec(text)
  if (numeric !== null) return `numeric(${Number(numeric[1]) + 4}, ${numeric[2]})`
  return code === '22001' ? 'text' : '<wider type>'
}
