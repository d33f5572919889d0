import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { SalvorError } from '../../../domain/errors/fail.ts'
import { asOutput } from '../column-expressions.ts'
import { diffRows } from '../row-difference/diff-rows.ts'
import type { RowSpec } from '../row-difference/spec.ts'
import { type Place, pairUp, readPlaces } from '../row-difference/whole-database.ts'
import type { Snapshot } from '../snapshot.ts'
import { nameFile, openPrivateFile, openPrivateFolder, type PrivateFile } from './keep-file.ts'
import { orderByReference } from './order-tables.ts'
import { type LostKind, type LostTable, printedBy, type Values, writeHead, writeStatement } from './write-sql.ts'

const FETCHED = 2000

/**
 * Writes the rows that live has and the other side lacks or holds otherwise, as the SQL that puts them back: two files a
 * table, `…-new.sql` and `…-changed.sql`, in the order in which foreign keys allow them. What is there of an earlier
 * look at a table is replaced.
 */
export async function writeLostRows(
  live: Snapshot,
  other: Snapshot,
  of: {
    readonly tables: readonly string[]
    /** All tables that have lost rows: they give each its number. */
    readonly all: readonly string[]
    readonly folder: string
    readonly at: string
    /** Condition on live's rows: only those are written. */
    readonly after: string | null
    readonly signal: AbortSignal
  },
): Promise<void> {
  if (of.tables.length === 0) return
  try {
    await using folder = await openPrivateFolder(of.folder)
    const [ours, theirs] = [await readPlaces(live.client), await readPlaces(other.client)]
    for (const [name, value] of Object.entries(printedBy)) {
      if (name !== 'client_encoding') await live.client.query('SELECT set_config($1, $2, true)', [name, value])
    }
    const order = await orderByReference(live.client, of.all)
    for (const [index, name] of order.entries()) {
      if (!of.tables.includes(name)) continue
      of.signal.throwIfAborted()
      await writeTable(
        live,
        other,
        { one: ours.get(name), two: theirs.get(name), number: index + 1 },
        { ...of, folder: folder.inside },
      )
    }
  } catch (thrown) {
    if (thrown instanceof SalvorError || of.signal.aborted || !isFileError(thrown)) throw thrown
    const seen = thrown.message.replaceAll(/\/proc\/self\/fd\/\d+/g, () => of.folder)
    throw new SalvorError('lost_rows_unwritten', { folder: of.folder, seen }, { cause: thrown })
  }
}

function isFileError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'syscall' in thrown && 'path' in thrown
}

async function writeTable(
  live: Snapshot,
  other: Snapshot,
  { one, two, number }: { one: Place | undefined; two: Place | undefined; number: number },
  of: { readonly folder: string; readonly at: string; readonly after: string | null },
): Promise<void> {
  // Large objects have no rows to insert; the kept database holds them.
  if (!one?.table) return
  const table = await describeTable(live.client, one, two)
  if (table.columns.length === 0) return
  const files = new Map<LostKind, PrivateFile>()
  const write = async (kind: LostKind, values: Values) => {
    const file = files.get(kind) ?? (await openPrivateFile(of.folder, nameFile(number, table.name, kind)))
    if (!files.has(kind)) {
      files.set(kind, file)
      await file.write(writeHead(table, kind, { database: live.database, at: of.at }))
    }
    await file.write(`${writeStatement(table, kind, values)}\n`)
  }
  try {
    const values = `to_json(ARRAY[${table.columns.map((column) => asOutput(pg.escapeIdentifier(column))).join(', ')}]::text[])::text`
    const { after } = of
    const from = `ONLY ${table.sqlName}${after === null ? '' : ` WHERE ${after}`}`
    if (!two?.table) await readAll(live.client, from, values, (row) => write('new', row))
    else await readDifferent(live, other, { one, two, values, after }, write)
    for (const file of files.values()) await file.keep()
    for (const kind of ['new', 'changed'] as const)
      if (!files.has(kind)) await rm(join(of.folder, nameFile(number, table.name, kind)), { force: true })
  } catch (thrown) {
    for (const file of files.values()) await file.discard()
    throw thrown
  }
}

async function readDifferent(
  live: Snapshot,
  other: Snapshot,
  { one, two, values, after }: { one: Place; two: Place; values: string; after: string | null },
  write: (kind: LostKind, values: Values) => Promise<void>,
): Promise<void> {
  const { left, right } = pairUp(one, two)
  const told: RowSpec = { ...left, extra: values, ...(after === null ? {} : { since: after }) }
  const sides = [
    { client: live.client, spec: told },
    { client: other.client, spec: right },
  ] as const
  await diffRows(sides[0], sides[1], 0, (kind, row) =>
    write(kind === 'added' ? 'new' : 'changed', JSON.parse(row.extra ?? '[]') as Values),
  )
}

async function readAll(
  client: pg.ClientBase,
  from: string,
  values: string,
  write: (values: Values) => Promise<void>,
): Promise<void> {
  await client.query(`DECLARE lost NO SCROLL CURSOR FOR SELECT ${values} AS row FROM ${from}`)
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${FETCHED} FROM lost`)
    for (const { row } of rows) await write(JSON.parse(row) as Values)
    if (rows.length < FETCHED) break
  }
  await client.query('CLOSE lost')
}

/** Columns that both sides have and that can be written; of a table that the other side lacks, all of live's. */
async function describeTable(client: pg.ClientBase, one: Place, two: Place | undefined): Promise<LostTable> {
  const { table } = one
  if (!table) throw new Error(`${one.name} has no rows of its own`)
  const theirs = two?.table ? new Set(two.table.columns.map((column) => column.name)) : null
  const columns = table.columns.filter(({ name, generated }) => !generated && (theirs === null || theirs.has(name)))
  const isSameKey = theirs === null || table.key.join('\0') === two?.table?.key.join('\0')
  const { rows } = await client.query<{ always: string[]; arbiter: boolean }>(
    `SELECT coalesce((SELECT json_agg(attname) FROM pg_attribute WHERE attrelid = $1::regclass AND attidentity = 'a'), '[]') AS always,
            EXISTS (SELECT FROM pg_index WHERE indrelid = $1::regclass AND indisprimary AND indimmediate) AS arbiter`,
    [table.sqlName],
  )
  const { always = [], arbiter = false } = rows[0] ?? {}
  const key = isSameKey ? table.key : []
  return { name: table.name, sqlName: table.sqlName, columns: columns.map((each) => each.name), key, arbiter, always }
}
