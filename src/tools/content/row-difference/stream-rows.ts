import type pg from 'pg'
import { writeInBuckets } from './buckets.ts'
import { readCursor } from './read-cursor.ts'
import { type RowSpec, writeContent, writeFrom, writeIdentity } from './spec.ts'

/** One row as it streams by, in the order of its identity. */
export interface StreamedRow {
  readonly first: bigint
  readonly second: bigint
  readonly content: string
  readonly key: string
  /** As the spec asked for it. */
  readonly extra: string | null
  /** Whether it is one of those that the spec's `since` means. */
  readonly since: boolean
}

const FETCHED = 5000

/** Rows of some buckets in the order of their identity, a few thousand in memory at a time. */
export async function* streamRows(
  client: pg.ClientBase,
  spec: RowSpec,
  of: {
    readonly buckets: readonly number[]
    readonly count: number
    readonly cursor: string
    /** Rows at a time, where they are long. */
    readonly fetched?: number
  },
): AsyncGenerator<StreamedRow> {
  const { first, second } = writeIdentity(spec)
  const batches = readCursor<Omit<StreamedRow, 'first' | 'second'> & { first: string; second: string }>(
    client,
    `SELECT ${first}::text AS first, ${second}::text AS second, ${writeContent(spec)}::text AS content,
            ${spec.keyText} AS key, ${spec.extra ?? 'NULL'} AS extra, ${spec.since ?? 'true'} AS since
       ${writeFrom(spec, writeInBuckets(spec, of))} ORDER BY ${first}, ${second}, 3`,
    { cursor: of.cursor, batch: of.fetched ?? FETCHED },
  )
  for await (const rows of batches)
    for (const row of rows) yield { ...row, first: BigInt(row.first), second: BigInt(row.second) }
}
