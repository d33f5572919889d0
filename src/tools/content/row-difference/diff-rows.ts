import type pg from 'pg'
import type { TableCounts } from '../../../ports/row-difference.ts'
import { chooseBucketCount, differingBuckets, readBuckets } from './buckets.ts'
import { type Merged, mergeRows } from './merge-rows.ts'
import type { RowSpec } from './spec.ts'
import { streamRows } from './stream-rows.ts'

/** Where one side's rows are read: a session in a snapshot. */
export interface OpenSide {
  readonly client: pg.ClientBase
  readonly spec: RowSpec
}

export interface Difference extends Merged, TableCounts {
  readonly by: 'key' | 'row'
}

/**
 * Rows of the left side against those of the right one: buckets of both at once, then the rows of the buckets that
 * differ. Two tables that are equal cost one scan each.
 */
export async function diffRows(
  left: OpenSide,
  right: OpenSide,
  sample: number,
  hear?: Parameters<typeof mergeRows>[3],
): Promise<Difference> {
  const count = chooseBucketCount(Math.max(left.spec.bytes, right.spec.bytes))
  const [ours, theirs] = await together([
    readBuckets(left.client, left.spec, count),
    readBuckets(right.client, right.spec, count),
  ])
  const by = left.spec.key === null ? ('row' as const) : ('key' as const)
  const rows = { left: ours.rows, right: theirs.rows, since: ours.since }
  const buckets = differingBuckets(ours, theirs)
  if (buckets.length === 0) return { added: 0, changed: 0, gone: 0, lacking: 0, keys: [], by, rows }
  const streams = [left, right].map(({ client, spec }) =>
    streamRows(client, spec, { buckets, count, cursor: 'differing' }),
  ) as [ReturnType<typeof streamRows>, ReturnType<typeof streamRows>]
  try {
    return { ...(await mergeRows(streams[0], streams[1], sample, hear)), by, rows }
  } finally {
    await Promise.allSettled(streams.map((stream) => stream.return(undefined)))
  }
}

/** Waits for both, so that no statement is under way when an error is told. */
export async function together<T>(work: readonly [Promise<T>, Promise<T>]): Promise<[T, T]> {
  const [one, other] = await Promise.allSettled(work)
  if (one.status === 'rejected') throw one.reason
  if (other.status === 'rejected') throw other.reason
  return [one.value, other.value]
}
