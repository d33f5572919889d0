import type { RowCounts } from '../../../ports/row-difference.ts'
import type { StreamedRow } from './stream-rows.ts'

export interface Merged extends RowCounts {
  readonly keys: readonly string[]
  /** Rows of the left side that the right one lacks, older ones included. */
  readonly lacking: number
}

/**
 * Walks two streams in the order of identity. Without a key an identity is the whole row, so duplicates pair off one by
 * one and nothing can be changed. Hears each row of the left side that the right one lacks or holds otherwise. Rows
 * that are older than the spec's `since` are neither counted nor heard, but for `lacking`.
 */
export async function mergeRows(
  left: AsyncIterator<StreamedRow>,
  right: AsyncIterator<StreamedRow>,
  sample: number,
  hear: (kind: 'added' | 'changed', row: StreamedRow) => Promise<void> = async () => {},
): Promise<Merged> {
  const counts = { added: 0, changed: 0, gone: 0 }
  const keys: string[] = []
  let lacking = 0
  const note = async (kind: 'added' | 'changed', row: StreamedRow) => {
    if (!row.since) return
    counts[kind] += 1
    if (keys.length < sample) keys.push(row.key)
    await hear(kind, row)
  }
  let [one, other] = [await next(left), await next(right)]
  while (one !== null || other !== null) {
    const order = one === null ? 1 : other === null ? -1 : compareIdentity(one, other)
    if (order < 0 && one !== null) {
      lacking += 1
      await note('added', one)
      one = await next(left)
    } else if (order > 0) {
      counts.gone += 1
      other = await next(right)
    } else if (one !== null && other !== null) {
      if (one.content !== other.content) await note('changed', one)
      ;[one, other] = [await next(left), await next(right)]
    }
  }
  return { ...counts, keys, lacking }
}

async function next(rows: AsyncIterator<StreamedRow>): Promise<StreamedRow | null> {
  const { value, done } = await rows.next()
  return done === true ? null : value
}

function compareIdentity(one: StreamedRow, other: StreamedRow): number {
  if (one.first !== other.first) return one.first < other.first ? -1 : 1
  if (one.second !== other.second) return one.second < other.second ? -1 : 1
  return 0
}
