import type { ClientBase } from 'pg'
import { writeCopyLength } from './column-expressions.ts'
import type { Table } from './read-tables.ts'
import { type RowHash, writeObjectHash, writeRowHash } from './row-hash.ts'
import { writeRowsOf } from './rows-of.ts'

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
 * Rows and fingerprint of tables in the session's snapshot, by one statement: the exact numeric sum over rows of a
 * 64-bit hash. Sums do not depend on the order of rows, do not cancel duplicates as xor would, and let workers scan
 * in parallel. Needs PostgreSQL 14.
 */
export async function measureMany(
  client: ClientBase,
  tables: readonly Table[],
  withCopyBytes: boolean,
): Promise<(TableMeasure | undefined)[]> {
  const selects = tables.flatMap((table, at) => {
    if (!table.populated) return []
    const bytes = withCopyBytes ? `coalesce(sum(${writeCopyLength(table.columns)}), 0)::text` : 'NULL::text'
    return [`${selectHashes(writeRowHash(table.columns))}, ${bytes} AS bytes, ${at} AS at ${writeRowsOf(table)}`]
  })
  const measured = selects.length === 0 ? [] : await readMeasures(client, selects.join('\nUNION ALL\n'))
  const byPlace = new Map(measured)
  return tables.map((table, at) => (table.populated ? byPlace.get(at) : UNPOPULATED))
}

/** All large objects together; null where there are none. Needs the right to read each. */
export async function measureLargeObjects(client: ClientBase): Promise<TableMeasure | null> {
  const { rows } = await client.query('SELECT FROM pg_largeobject_metadata LIMIT 1')
  if (rows.length === 0) return null
  const sql = `${selectHashes(writeObjectHash('oid', 'lo_get(oid)'))}, NULL AS bytes, 0 AS at FROM pg_largeobject_metadata`
  return (await readMeasures(client, sql))[0]?.[1] ?? null
}

/** The beginning of a statement that measures; `hash` for narrowing has the same expression. */
function selectHashes(hash: RowHash): string {
  return `SELECT count(*)::text AS rows, coalesce(sum(${hash(0)}), 0)::text AS fingerprint`
}

async function readMeasures(client: ClientBase, sql: string): Promise<[number, TableMeasure][]> {
  const { rows } = await client.query<{ rows: string; fingerprint: string; bytes: string | null; at: number }>(sql)
  return rows.map(({ rows: count, fingerprint, bytes, at }) => [
    at,
    { rows: Number(count), fingerprint, copyBytes: bytes === null ? null : Number(bytes) },
  ])
}
