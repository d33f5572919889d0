import type pg from 'pg'
import { type RowSpec, writeContent, writeFrom, writeIdentity } from './spec.ts'

export interface Buckets {
  /** Bucket → `rows:sum of content hashes`. */
  readonly held: ReadonlyMap<string, string>
  /** Rows in all of them, and those that the spec's `since` means. */
  readonly rows: number
  readonly since: number
}

const FEWEST = 64
/** What the server groups in memory with its default work_mem. */
const MOST = 32_768
/** About as many bytes of a table lie in one bucket: what has to be read again for one row that differs. */
const BYTES_PER_BUCKET = 32 * 1024

/** A power of two that suits both sides. */
export function chooseBucketCount(bytes: number): number {
  let count = FEWEST
  while (count < MOST && count * BYTES_PER_BUCKET < bytes) count *= 2
  return count
}

/** One scan: rows and the exact sum of their hashes by bucket. Sums do not depend on the order of rows. */
export async function readBuckets(client: pg.ClientBase, spec: RowSpec, count: number): Promise<Buckets> {
  // The planner guesses as many groups as rows and would sort them all.
  await client.query('SET LOCAL enable_sort = off')
  try {
    const { rows } = await client.query<{ bucket: string; rows: string; since: string; sum: string }>(
      `SELECT ${writeBucket(spec, count)}::text AS bucket, count(*)::text AS rows,
              count(*) FILTER (WHERE ${spec.since ?? 'true'})::text AS since, sum(${writeContent(spec)})::text AS sum
         ${writeFrom(spec)} GROUP BY 1`,
    )
    return {
      held: new Map(rows.map((row) => [row.bucket, `${row.rows}:${row.sum}`])),
      rows: rows.reduce((sum, row) => sum + Number(row.rows), 0),
      since: rows.reduce((sum, row) => sum + Number(row.since), 0),
    }
  } finally {
    await client.query('SET LOCAL enable_sort = on').catch(() => {})
  }
}

export function writeBucket(spec: RowSpec, count: number): string {
  return `(${writeIdentity(spec).first} & ${count - 1})`
}

/** Buckets that the two sides do not hold alike. */
export function differingBuckets(left: Buckets, right: Buckets): number[] {
  const all = new Set([...left.held.keys(), ...right.held.keys()])
  return [...all].filter((bucket) => left.held.get(bucket) !== right.held.get(bucket)).map(Number)
}
