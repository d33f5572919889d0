import pg from 'pg'
import {
  type LineNote,
  type LineTable,
  type RowLine,
  type Texts,
  writeHashOf,
  writeLiteral,
  writeOutput,
} from '../../content/repair/row-lines.ts'

/** Rows that are looked up by one statement. */
const AT_ONCE = 500

/** What a row holds now: hashes over all that can be written, and over what the other side has. */
export interface HeldRow {
  readonly all: string
  readonly wanted: string
}

export interface HeldRows {
  find(note: LineNote): HeldRow | undefined
}

/** Looks up the rows that lines are about. Those that are not there are not found. */
export async function readHeld(
  client: pg.Client,
  tables: readonly LineTable[],
  lines: readonly RowLine[],
): Promise<HeldRows> {
  const found = new Map<string, HeldRow>()
  const nameOf = (t: number, key: Texts) => `${t} ${JSON.stringify(key)}`
  for (const [t, table] of tables.entries()) {
    const keys = lines.flatMap(({ note }) => (note.t === t ? [note.k] : []))
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      const { rows } = await client.query<HeldRow & { key: Texts }>(writeLookUp(table, keys.slice(at, at + AT_ONCE)))
      for (const { key, all, wanted } of rows) found.set(nameOf(t, key), { all, wanted })
    }
  }
  return { find: ({ t, k }) => found.get(nameOf(t, k)) }
}

function writeLookUp(table: LineTable, keys: readonly Texts[]): string {
  const names = table.key.map((column) => pg.escapeIdentifier(column)).join(', ')
  const rows = keys.map((key) => `(${key.map(writeLiteral).join(', ')})`)
  return `SELECT to_json(ARRAY[${table.key.map(writeOutput).join(', ')}]::text[]) AS key,
            ${writeHashOf(table.columns)} AS all, ${writeHashOf(table.wanted)} AS wanted
       FROM ${table.from} WHERE (${names}) IN (${rows.join(', ')})`
}
