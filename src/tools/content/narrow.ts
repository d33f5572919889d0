import pg from 'pg'
import { type FindingMessage, finding } from '../../domain/finding-texts.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { asOutput } from './column-expressions.ts'
import { isNamed } from './compare-tables.ts'
import { explain } from './measure-tables.ts'
import { readTables, type Table } from './read-tables.ts'
import { writeRowHash } from './row-hash.ts'
import { writeRowsOf } from './rows-of.ts'
import { type Snapshot, trySavepoint, withSnapshot } from './snapshot.ts'

export interface NarrowedTable {
  readonly table: string
  /** Primary keys as text, at most `limit`. */
  readonly keys: readonly string[]
  /** Why no row can be named, if so. */
  readonly why: FindingMessage | null
}

interface Side {
  readonly target: TargetAddress
  readonly database?: string | undefined
}

/** Rows are thrown into this many buckets by their key; only buckets that differ are read row by row. */
const BUCKETS = 1024
/** Most differing buckets that are looked into: enough for a sample, little enough for memory. */
const OPENED = 16

/** Names rows that differ between two databases by primary key. Two scans a side and table. */
export async function narrowTables(of: {
  readonly left: Side
  readonly right: Side
  readonly tables: readonly string[]
  readonly limit: number
  readonly signal: AbortSignal
}): Promise<NarrowedTable[]> {
  return withSnapshot({ ...of.left, signal: of.signal }, (left) =>
    withSnapshot({ ...of.right, signal: of.signal }, async (right) => {
      const there = new Map((await readTables(right.client)).map((table) => [table.name, table]))
      const tables = (await readTables(left.client)).filter((table) => isNamed(table.name, of.tables))
      const narrowed: NarrowedTable[] = []
      for (const table of tables) {
        const other = there.get(table.name)
        const why = explainUnnarrowable(table, other)
        const both = [narrowSide(left, table, table), narrowSide(right, table, other)] as const
        narrowed.push(why === null ? await narrowTable(both, of) : { table: table.name, keys: [], why })
      }
      return narrowed
    }),
  )
}

function explainUnnarrowable(table: Table, other: Table | undefined): FindingMessage | null {
  if (other === undefined) return finding('keys_other_side')
  if (table.key.length === 0) return finding('keys_none')
  const missing = table.columns.filter((column) => !other.columns.some((each) => each.name === column.name))
  if (missing.length > 0 || table.columns.length !== other.columns.length) return finding('keys_columns')
  return null
}

interface NarrowSide {
  readonly client: Snapshot['client']
  readonly table: Table
}

/** The same columns on both sides; which rows of an extension's table are meant, each side's extension says. */
function narrowSide({ client }: Snapshot, { where: _left, ...table }: Table, own: Table | undefined): NarrowSide {
  return { client, table: own?.where === undefined ? table : { ...table, where: own.where } }
}

async function narrowTable(
  both: readonly [NarrowSide, NarrowSide],
  of: { readonly limit: number; readonly signal: AbortSignal },
): Promise<NarrowedTable> {
  const [{ table }] = both
  const sides = await Promise.all(
    both.map((side) => trySavepoint(side.client, of.signal, () => readBuckets(side.client, side.table))),
  )
  const [ours, theirs] = sides
  for (const side of sides)
    if ('error' in side)
      return { table: table.name, keys: [], why: finding('table_unread', { seen: explain(side.error) }) }
  if (ours === undefined || theirs === undefined || !('value' in ours) || !('value' in theirs)) {
    return { table: table.name, keys: [], why: finding('unread') }
  }
  const opened = differingKeys(ours.value, theirs.value).slice(0, OPENED).map(Number)
  const [here, there] = await Promise.all(both.map((side) => readRows(side.client, side.table, opened)))
  const keys = differingKeys(here ?? new Map(), there ?? new Map()).sort(inNaturalOrder)
  return { table: table.name, keys: keys.slice(0, of.limit), why: null }
}

/** Keys of two maps whose values differ or that only one of them has. */
function differingKeys(one: ReadonlyMap<string, string>, two: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...two.keys()])].filter((key) => one.get(key) !== two.get(key))
}

async function readBuckets(client: pg.ClientBase, table: Table): Promise<Map<string, string>> {
  // The planner guesses as many groups as rows and would sort them all.
  await client.query('SET LOCAL enable_sort = off')
  const { rows } = await client.query<{ key: string; value: string }>(
    `SELECT ${bucketOf(table)}::text AS key, count(*) || ':' || sum(${hashOf(table)}) AS value
       ${writeRowsOf(table)} GROUP BY 1`,
  )
  return new Map(rows.map((row) => [row.key, row.value]))
}

async function readRows(client: pg.ClientBase, table: Table, buckets: readonly number[]): Promise<Map<string, string>> {
  const key = table.key.map((column) => asOutput(pg.escapeIdentifier(column))).join(` || ', ' || `)
  const { rows } = await client.query<{ key: string; value: string }>(
    `SELECT ${key} AS key, ${hashOf(table)}::text AS value ${writeRowsOf(table, `${bucketOf(table)} = ANY($1)`)}`,
    [buckets],
  )
  return new Map(rows.map((row) => [row.key, row.value]))
}

function bucketOf(table: Table): string {
  const key = table.columns.filter((column) => table.key.includes(column.name))
  return `(${writeRowHash(key)(0)} & ${BUCKETS - 1})`
}

function hashOf(table: Table): string {
  return writeRowHash(table.columns)(1)
}

function inNaturalOrder(one: string, two: string): number {
  return one.localeCompare(two, 'en', { numeric: true })
}
