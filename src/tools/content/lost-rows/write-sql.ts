import pg from 'pg'
import type { LostKind } from '../row-difference/recount.ts'

/** What a table's statements need to know of it. */
export interface LostTable {
  readonly name: string
  readonly sqlName: string
  /** Columns that can be written, in the order in which values come. */
  readonly columns: readonly string[]
  /** Columns of the primary key that both sides have; empty where there is none. */
  readonly key: readonly string[]
  /** The key can decide ON CONFLICT: a deferrable one cannot. */
  readonly arbiter: boolean
  /** Columns that nobody may set in an UPDATE (GENERATED ALWAYS AS IDENTITY). */
  readonly always: readonly string[]
}

/** A row's values as its types' own output; null for NULL. */
export type Values = readonly (string | null)[]

/** One statement that puts a row back. Names and values are quoted for any server with standard strings. */
export function writeStatement(table: LostTable, kind: LostKind, values: Values): string {
  return kind === 'new' ? writeInsert(table, values) : writeUpdate(table, values)
}

function writeInsert({ sqlName, columns, key, arbiter }: LostTable, values: Values): string {
  // A row that took the key meanwhile is not overwritten.
  const conflict = key.length > 0 && arbiter ? ` ON CONFLICT (${list(key)}) DO NOTHING` : ''
  const row = values.map(literal).join(', ')
  return `INSERT INTO ${sqlName} (${list(columns)}) OVERRIDING SYSTEM VALUE VALUES (${row})${conflict};`
}

function writeUpdate({ sqlName, columns, key, always }: LostTable, values: Values): string {
  const literalOf = (column: string) => literal(values[columns.indexOf(column)] ?? null)
  const set = columns
    .filter((column) => !key.includes(column) && !always.includes(column))
    .map((column) => `${pg.escapeIdentifier(column)} = ${literalOf(column)}`)
  const where = key.map((column) => `${pg.escapeIdentifier(column)} = ${literalOf(column)}`)
  return `UPDATE ONLY ${sqlName} SET ${set.join(', ')} WHERE ${where.join(' AND ')};`
}

/** What a file begins with: names in a comment are written as JSON, which holds no line of its own. */
export function writeHead(
  table: LostTable,
  kind: LostKind,
  of: { readonly database: string; readonly at: string },
): string {
  const what = kind === 'new' ? 'that only the former database had' : 'as the former database had them'
  const open = table.always.filter((column) => !table.key.includes(column))
  return [
    `-- Rows of ${JSON.stringify(table.name)} ${what}: ${JSON.stringify(of.database)}, ${of.at}.`,
    '-- Read them first: what a failed migration wrote is among them. Then, in the restored database:',
    '-- psql -X -1 -v ON_ERROR_STOP=1 -f <this file>',
    kind === 'new'
      ? '-- INSERT 0 0 says that a row with that key is there, which was left as it is.'
      : '-- UPDATE 0 says that there is no row with that key.',
    ...(kind === 'changed' && open.length > 0 ? [`-- Generated always, so not written: ${JSON.stringify(open)}.`] : []),
    ...Object.entries(printedBy).map(([name, value]) => `SET ${name} = ${literal(value)};`),
    '',
  ].join('\n')
}

/** How values are printed, and have to be read again. */
export const printedBy: { readonly [setting: string]: string } = {
  client_encoding: 'UTF8',
  standard_conforming_strings: 'on',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  lc_monetary: 'C',
}

function literal(value: string | null): string {
  return value === null ? 'NULL' : pg.escapeLiteral(value).trimStart()
}

function list(columns: readonly string[]): string {
  return columns.map((column) => pg.escapeIdentifier(column)).join(', ')
}
