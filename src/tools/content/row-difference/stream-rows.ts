import type pg from 'pg'
import { writeBucket } from './buckets.ts'
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
  of: { readonly buckets: readonly number[]; readonly count: number; readonly cursor: string },
): AsyncGenerator<StreamedRow> {
  const { first, second } = writeIdentity(spec)
  const some =
    of.buckets.length === of.count ? null : `${writeBucket(spec, of.count)} = ANY('{${of.buckets.join(',')}}')`
  await client.query(
    `DECLARE ${of.cursor} NO SCROLL CURSOR FOR
     SELECT ${first}::text AS first, ${second}::text AS second, ${writeContent(spec)}::text AS content,
            ${spec.keyText} AS key, ${spec.extra ?? 'NULL'} AS extra, ${spec.since ?? 'true'} AS since
       ${writeFrom(spec, some)} ORDER BY ${first}, ${second}, 3`,
  )
  try {
    for (;;) {
      const { rows } = await client.query<Omit<StreamedRow, 'first' | 'second'> & { first: string; second: string }>(
        `FETCH ${FETCHED} FROM ${of.cursor}`,
      )
      for (const row of rows) yield { ...row, first: BigInt(row.first), second: BigInt(row.second) }
      if (rows.length < FETCHED) return
    }
  } finally {
    await client.query(`CLOSE ${of.cursor}`).catch(() => {})
  }
}
