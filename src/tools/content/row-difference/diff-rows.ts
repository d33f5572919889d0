import type { TableCounts } from '../../../ports/row-difference.ts'
import { findDifferingBuckets, type OpenSide } from './buckets.ts'
import { type Merged, mergeRows } from './merge-rows.ts'
import { streamRows } from './stream-rows.ts'

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
  const { rows, buckets, count } = await findDifferingBuckets(left, right)
  const by = left.spec.key === null ? ('row' as const) : ('key' as const)
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
