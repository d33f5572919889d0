import type pg from 'pg'
import { type RowSpec, writeContent, writeFrom, writeIdentity } from './spec.ts'
import { together } from './together.ts'

/** Where one side's rows are read: a session in a snapshot. */
export interface OpenSide {
  readonly client: pg.ClientBase
  readonly spec: RowSpec
}

/** Rows of both sides, those of the left one that the spec's `since` means, and where the two do not hold the same. */
export interface DifferingBuckets {
  readonly rows: { readonly left: number; readonly right: number; readonly since: number }
  /** Numbers of buckets out of `count`, a power of two. */
  readonly buckets: readonly number[]
  readonly count: number
}

interface Held {
  /** Bucket → `rows:sum of content hashes`. */
  readonly held: ReadonlyMap<number, string>
  readonly rows: number
  readonly since: number
}

const FEWEST = 64
/** Groups that stay in a processor's cache: with 32 times as many a scan takes two thirds longer. */
const COARSE = 1024
/** What the server groups in memory with its default work_mem. */
const MOST = 32_768
/** About as many bytes of a table lie in one bucket: what has to be read again for one row that differs. */
const BYTES_PER_BUCKET = 32 * 1024

/**
 * One scan a side into coarse buckets; and of a large table, where some of them differ, one more of their rows alone
 * into fine ones, so that few rows have to be looked at one by one.
 */
export async function findDifferingBuckets(left: OpenSide, right: OpenSide): Promise<DifferingBuckets> {
  const count = chooseBucketCount(Math.max(left.spec.bytes, right.spec.bytes))
  const coarse = Math.min(count, COARSE)
  const [ours, theirs] = await readBoth(left, right, { count: coarse, within: null })
  const rows = { left: ours.rows, right: theirs.rows, since: ours.since }
  const buckets = listDiffering(ours, theirs)
  if (buckets.length === 0 || count === coarse) return { rows, buckets, count: coarse }
  const fine = await readBoth(left, right, { count, within: { buckets, count: coarse } })
  return { rows, buckets: listDiffering(...fine), count }
}

interface Cut {
  readonly count: number
  readonly within: { readonly buckets: readonly number[]; readonly count: number } | null
}

function readBoth(left: OpenSide, right: OpenSide, cut: Cut): Promise<[Held, Held]> {
  return together([readBuckets(left, cut), readBuckets(right, cut)])
}

/** A power of two that suits both sides. */
function chooseBucketCount(bytes: number): number {
  let count = FEWEST
  while (count < MOST && count * BYTES_PER_BUCKET < bytes) count *= 2
  return count
}

/** Rows and the exact sum of their hashes by bucket. Sums do not depend on the order of rows. */
async function readBuckets({ client, spec }: OpenSide, { count, within }: Cut): Promise<Held> {
  // The planner guesses as many groups as rows and would sort them all.
  await client.query('SET LOCAL enable_sort = off')
  try {
    const { rows } = await client.query<{ bucket: number; rows: string; since: string; sum: string }>(
      // Numbers are grouped, and become texts afterwards: a text would be made and compared for each row.
      `SELECT bucket, rows::text, since::text, sum::text FROM (
         SELECT ${writeBucket(spec, count)}::int4 AS bucket, count(*) AS rows,
                count(*) FILTER (WHERE ${spec.since ?? 'true'}) AS since, sum(${writeContent(spec)}) AS sum
           ${writeFrom(spec, within === null ? null : writeInBuckets(spec, within))} GROUP BY 1) AS held`,
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

/** A condition on rows that lie in some of the buckets; null where all are meant. */
export function writeInBuckets(
  spec: RowSpec,
  { buckets, count }: { readonly buckets: readonly number[]; readonly count: number },
): string | null {
  return buckets.length === count ? null : `${writeBucket(spec, count)} = ANY('{${buckets.join(',')}}')`
}

function writeBucket(spec: RowSpec, count: number): string {
  return `(${writeIdentity(spec).first} & ${count - 1})`
}

/** Buckets that the two sides do not hold alike. */
function listDiffering(left: Held, right: Held): number[] {
  const all = new Set([...left.held.keys(), ...right.held.keys()])
  return [...all].filter((bucket) => left.held.get(bucket) !== right.held.get(bucket))
}
