import type { TableCounts } from '../../../ports/row-difference.ts'
import type { MovedRow, MovedRows } from './moved-rows.ts'

export interface LostRow {
  /** A statement that puts it back inserts it, or updates the row that has its key. */
  readonly kind: LostKind
  readonly row: MovedRow
}

export type LostKind = 'new' | 'changed'

interface Recounted {
  readonly counts: TableCounts
  /** Rows that were among the lost ones and no longer are, as they were then. */
  readonly kept: readonly LostRow[]
  readonly lost: readonly LostRow[]
}

/**
 * The counts of now out of those of an earlier snapshot: what each key of the moved rows added then is taken away, and
 * what it adds now is put there. `other` is what the other side has of these keys, which is the same at both times.
 * null where a key has several rows, which no sum of keys tells.
 */
export function recount(
  before: TableCounts,
  { went, came }: MovedRows,
  other: ReadonlyMap<string, string>,
): Recounted | null {
  const [then, now] = [byIdentity(went), byIdentity(came)]
  if (then === null || now === null) return null
  const sums = { added: 0, changed: 0, gone: 0, lacking: 0, left: 0, since: 0 }
  const [kept, lost]: [LostRow[], LostRow[]] = [[], []]
  for (const identity of new Set([...then.keys(), ...now.keys()])) {
    const there = other.get(identity)
    for (const [row, sign, list] of [
      [then.get(identity), -1, kept],
      [now.get(identity), 1, lost],
    ] as const) {
      const own = countRow(row, there)
      for (const name of names) sums[name] += sign * own[name]
      if (row !== undefined && own.added + own.changed > 0) list.push({ kind: own.added > 0 ? 'new' : 'changed', row })
    }
  }
  const counts: TableCounts = {
    added: before.added + sums.added,
    changed: before.changed + sums.changed,
    gone: before.gone + sums.gone,
    lacking: before.lacking + sums.lacking,
    rows: { left: before.rows.left + sums.left, right: before.rows.right, since: before.rows.since + sums.since },
  }
  const all = [counts.added, counts.changed, counts.gone, counts.lacking, counts.rows.left, counts.rows.since]
  return all.some((one) => one < 0) ? null : { counts, kept, lost }
}

const names = ['added', 'changed', 'gone', 'lacking', 'left', 'since'] as const

function countRow(row: MovedRow | undefined, there: string | undefined) {
  const [has, isSince] = [row === undefined ? 0 : 1, row?.since === true ? 1 : 0]
  return {
    added: there === undefined ? isSince : 0,
    changed: there !== undefined && row !== undefined && row.content !== there ? isSince : 0,
    gone: there !== undefined && row === undefined ? 1 : 0,
    lacking: there === undefined ? has : 0,
    left: has,
    since: isSince,
  }
}

function byIdentity(rows: readonly MovedRow[]): Map<string, MovedRow> | null {
  const found = new Map(rows.map((row) => [row.identity, row]))
  return found.size === rows.length ? found : null
}
