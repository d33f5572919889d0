import { createHash } from 'node:crypto'
import pg from 'pg'

/** A row's values as its types' own output; null is NULL. */
export type Texts = readonly (string | null)[]

/** What statements about one table need to know of it. The file's head holds it. */
export interface LineTable {
  readonly name: string
  readonly sqlName: string
  /** What stands behind UPDATE and DELETE FROM: of a partitioned table without ONLY. */
  readonly from: string
  readonly key: readonly string[]
  /** Every column that can be written: a statement expects a row to hold what it held in these. */
  readonly columns: readonly string[]
  /** Those that the other side has: what a row is wanted to hold. */
  readonly wanted: readonly string[]
}

/** What a line says of itself behind its statement. */
export interface LineNote {
  /** Which table of the head. */
  readonly t: number
  readonly k: Texts
  /** Hash of what the row is to hold in `wanted` afterwards; null where it is to be gone. */
  readonly w: string | null
  /** What takes an UPDATE or a DELETE back: columns with the values before. */
  readonly o?: { readonly columns: readonly string[]; readonly values: Texts }
  /** Of an UPDATE: hash of what the row held in `wanted` before. */
  readonly b?: string
}

/** One statement in one line, whatever its values hold. */
export interface RowLine {
  readonly sql: string
  readonly note: LineNote
}

const NOTE = ' -- '
const TABLES = '-- tables '

export function writeInsertLine(
  table: LineTable,
  of: {
    readonly t: number
    readonly key: Texts
    readonly columns: readonly string[]
    readonly values: Texts
    readonly wants: string
  },
): RowLine {
  const names = of.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  const values = of.values.map(writeLiteral).join(', ')
  const sql = `INSERT INTO ${table.sqlName} (${names}) OVERRIDING SYSTEM VALUE VALUES (${values});`
  return { sql, note: { t: of.t, k: of.key, w: of.wants } }
}

export function writeUpdateLine(
  table: LineTable,
  of: {
    readonly t: number
    readonly key: Texts
    readonly columns: readonly string[]
    readonly values: Texts
    /** What takes it back: the values before, and the hash of what `wanted` held. */
    readonly back?: { readonly values: Texts; readonly held: string }
    /** Hash of what all its columns hold now. */
    readonly holds: string
    readonly wants: string
  },
): RowLine {
  const set = of.columns.map((column, at) => `${pg.escapeIdentifier(column)} = ${writeLiteral(of.values[at] ?? null)}`)
  const sql = `UPDATE ${table.from} SET ${set.join(', ')} WHERE ${writeKey(table, of.key)} AND ${writeExpected(table, of.holds)};`
  const back = of.back === undefined ? {} : { o: { columns: of.columns, values: of.back.values }, b: of.back.held }
  return { sql, note: { t: of.t, k: of.key, w: of.wants, ...back } }
}

export function writeDeleteLine(
  table: LineTable,
  of: { readonly t: number; readonly key: Texts; readonly holds: string; readonly before?: Texts },
): RowLine {
  const sql = `DELETE FROM ${table.from} WHERE ${writeKey(table, of.key)} AND ${writeExpected(table, of.holds)};`
  const o = of.before === undefined ? {} : { o: { columns: table.columns, values: of.before } }
  return { sql, note: { t: of.t, k: of.key, w: null, ...o } }
}

/** What a file begins with: values are printed, and read again, as a session of Salvor's does. */
export function writeHead(of: {
  readonly says: readonly string[]
  readonly settings: { readonly [name: string]: string }
  readonly tables: readonly LineTable[]
}): string {
  return [
    ...of.says.map((line) => `-- ${line.replaceAll(/[\r\n]/g, ' ')}`),
    ...Object.entries(of.settings).map(([name, value]) => `SET ${name} = ${writeLiteral(value)};`),
    'SET CONSTRAINTS ALL DEFERRED;',
    `${TABLES}${JSON.stringify(of.tables)}`,
    '',
  ].join('\n')
}

export function printLine({ sql, note }: RowLine): string {
  return `${sql}${NOTE}${JSON.stringify(note)}\n`
}

/** The file again, as the two above wrote it. */
export function readLines(text: string): { readonly tables: readonly LineTable[]; readonly lines: readonly RowLine[] } {
  const all = text.split('\n')
  const head = all.findIndex((line) => line.startsWith(TABLES))
  const tables = JSON.parse(all[head]?.slice(TABLES.length) ?? '[]') as LineTable[]
  const lines = all.slice(head + 1).flatMap((line): RowLine[] => {
    if (line === '') return []
    // A value may hold the mark as well, its note's own text not: JSON in it is text of JSON, and begins with `{"t":`.
    const at = line.lastIndexOf(`${NOTE}{"t":`)
    return [{ sql: line.slice(0, at), note: JSON.parse(line.slice(at + NOTE.length)) as LineNote }]
  })
  return { tables, lines }
}

/** Hash of some values of a row. The server computes the same over its own columns. */
export function hashTexts(values: Texts): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}

/** The same as SQL over a row, in names that nobody's search_path changes. */
export function writeHashOf(columns: readonly string[]): string {
  const json = `pg_catalog.to_json(ARRAY[${columns.map(writeOutput).join(', ')}]::pg_catalog.text[])::pg_catalog.text`
  return `pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(${json}, 'UTF8')), 'hex')`
}

/** A value as its type's own output; a row type of which all parts are NULL is none itself. */
export function writeOutput(column: string): string {
  const name = pg.escapeIdentifier(column)
  return `CASE WHEN pg_catalog.num_nulls(${name}) OPERATOR(pg_catalog.=) 0 THEN pg_catalog.concat(${name}) END`
}

function writeKey({ key }: Pick<LineTable, 'key'>, values: Texts): string {
  return key.map((column, at) => `${pg.escapeIdentifier(column)} = ${writeLiteral(values[at] ?? null)}`).join(' AND ')
}

function writeExpected({ columns }: LineTable, hash: string): string {
  return `${writeHashOf(columns)} OPERATOR(pg_catalog.=) '${hash}'`
}

/** Without an end of a line in it; read alike whatever standard_conforming_strings says. */
export function writeLiteral(value: string | null): string {
  if (value === null) return 'NULL'
  const quoted = value.replaceAll("'", "''")
  if (!/[\\\n\r]/.test(quoted)) return `'${quoted}'`
  return `E'${quoted.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`).replaceAll('\r', String.raw`\r`)}'`
}
