import type { ClientBase } from 'pg'
import { writeCopyLength, writeRowExpression } from './column-expressions.ts'
import type { Table } from './read-tables.ts'

/** What one scan of a table tells. */
export interface TableMeasure {
  readonly rows: number
  readonly fingerprint: string
  readonly copyBytes: number | null
}

/** A materialised view that holds nothing yet cannot be read; that itself is its content. */
const UNPOPULATED: TableMeasure = { rows: 0, fingerprint: 'unpopulated', copyBytes: 0 }

/** Large objects, measured like a table: rows are objects. */
export const LARGE_OBJECTS = 'large objects'

/**
 * Rows and fingerprint of tables in the session's snapshot, by one statement: the exact numeric sum over rows of two
 * 64-bit numbers, the row's hash and a hash of that. Sums do not depend on the order of rows, do not cancel duplicates
 * as xor would, and let workers scan in parallel; two of them do not agree by chance. A row is hashed once, which takes
 * half of the processor time of two seeds. Needs PostgreSQL 14.
 */
export async function measureMany(
  client: ClientBase,
  tables: readonly Table[],
  withCopyBytes: boolean,
): Promise<(TableMeasure | undefined)[]> {
  const selects = tables.flatMap((table, at) => {
    if (!table.populated) return []
    const length = withCopyBytes ? writeCopyLength(table.columns) : null
    // ONLY: the rows of children and partitions are counted with them.
    return [selectMeasure({ row: writeRowExpression(table.columns), length, from: `ONLY ${table.sqlName}`, at })]
  })
  const measured = selects.length === 0 ? [] : await readMeasures(client, selects.join('\nUNION ALL\n'))
  const byPlace = new Map(measured)
  return tables.map((table, at) => (table.populated ? byPlace.get(at) : UNPOPULATED))
}

/** All large objects together; null where there are none. Needs the right to read each. */
export async function measureLargeObjects(client: ClientBase): Promise<TableMeasure | null> {
  const { rows } = await client.query('SELECT FROM pg_largeobject_metadata LIMIT 1')
  if (rows.length === 0) return null
  const sql = selectMeasure({ row: 'ROW(oid, lo_get(oid))', length: null, from: 'pg_largeobject_metadata', at: 0 })
  return (await readMeasures(client, sql))[0]?.[1] ?? null
}

/**
 * A statement that measures one relation. What `clock_timestamp()` answers is of no use: a volatile column is what keeps
 * the planner from writing the hash's expression out in both sums, and unlike OFFSET 0 leaves it free to work in parallel.
 */
function selectMeasure(of: { row: string; length: string | null; from: string; at: number }): string {
  const length = of.length === null ? '' : `, ${of.length} AS length`
  const bytes = of.length === null ? 'NULL::text' : 'coalesce(sum(length), 0)::text'
  return `SELECT count(*)::text AS rows,
      coalesce(sum(hash), 0)::text || ':' || coalesce(sum(hashint8extended(hash, 1)), 0)::text AS fingerprint,
      ${bytes} AS bytes, ${of.at} AS at
    FROM (SELECT ${writeRowHash(of.row, 0)} AS hash${length}, clock_timestamp() FROM ${of.from}) AS hashed`
}

/** The 64-bit hash of a row expression; another seed, another hash. */
export function writeRowHash(row: string, seed: number): string {
  return `hash_record_extended(${row}, ${seed})`
}

async function readMeasures(client: ClientBase, sql: string): Promise<[number, TableMeasure][]> {
  const { rows } = await client.query<{ rows: string; fingerprint: string; bytes: string | null; at: number }>(sql)
  return rows.map(({ rows: count, fingerprint, bytes, at }) => [
    at,
    { rows: Number(count), fingerprint, copyBytes: bytes === null ? null : Number(bytes) },
  ])
}
