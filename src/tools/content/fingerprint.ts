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
 * Rows and fingerprint of one table in the session's snapshot: the exact numeric sum over rows of two 64-bit hashes.
 * Sums do not depend on the order of rows, do not cancel duplicates as xor would, and let workers scan in parallel.
 * Needs PostgreSQL 14.
 */
export async function measureTable(client: ClientBase, table: Table, withCopyBytes: boolean): Promise<TableMeasure> {
  if (!table.populated) return UNPOPULATED
  const row = writeRowExpression(table.columns)
  const bytes = withCopyBytes ? `coalesce(sum(${writeCopyLength(table.columns)}), 0)` : 'NULL'
  // ONLY: the rows of children and partitions are counted with them.
  return readMeasure(client, `${selectHashes(row)}, ${bytes} AS bytes FROM ONLY ${table.sqlName}`)
}

/** All large objects together; null where there are none. Needs the right to read each. */
export async function measureLargeObjects(client: ClientBase): Promise<TableMeasure | null> {
  const { rows } = await client.query('SELECT FROM pg_largeobject_metadata LIMIT 1')
  if (rows.length === 0) return null
  return readMeasure(client, `${selectHashes('ROW(oid, lo_get(oid))')}, NULL AS bytes FROM pg_largeobject_metadata`)
}

/** The beginning of a statement that measures; `hash` for narrowing has the same expression. */
function selectHashes(row: string): string {
  const sum = (seed: number) => `coalesce(sum(${writeRowHash(row, seed)}), 0)::text`
  return `SELECT count(*)::text AS rows, ${sum(0)} || ':' || ${sum(1)} AS fingerprint`
}

export function writeRowHash(row: string, seed: number): string {
  return `hash_record_extended(${row}, ${seed})`
}

async function readMeasure(client: ClientBase, sql: string): Promise<TableMeasure> {
  const { rows } = await client.query<{ rows: string; fingerprint: string; bytes: string | null }>(sql)
  const [found] = rows
  if (found === undefined) throw new Error('an aggregate answered no row')
  return {
    rows: Number(found.rows),
    fingerprint: found.fingerprint,
    copyBytes: found.bytes === null ? null : Number(found.bytes),
  }
}
