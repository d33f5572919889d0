import { SalvorError } from '../../../domain/errors/fail.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Found, nothing, type Pair, specFor, type TableOptions, tellDeleted } from './diff-table.ts'
import { lookUpRows, searchableKey } from './look-up-rows.ts'
import { readMovedRows } from './moved-rows.ts'
import { pairUp } from './places.ts'
import { recount } from './recount.ts'
import { tryWithoutLocks } from './without-locks.ts'

/**
 * A table that an earlier look has read, by what moved in it since; null where that cannot be told: it was not read,
 * its file or its columns are other ones, it has no key that can be searched, or too much moved.
 */
export async function diffMoved(live: Snapshot, other: Snapshot, pair: Pair, of: TableOptions): Promise<Found | null> {
  const { earlier, sample } = of
  const { name, one, two } = pair
  const was = earlier?.known.counts[name]
  const then = earlier?.ours.get(name)
  if (!earlier?.read.has(name)) return null
  if (!was || !then?.table || !one?.table || !two?.table || two.table.where !== undefined) return null
  const { left, right, columns } = pairUp(one, two)
  const before = pairUp(then, two).left
  const isSame = earlier.shapes[name] !== undefined && earlier.shapes[name] === of.marks.shapes[name]
  const isAlike = before.row(0) === left.row(0) && before.key?.(0) === left.key?.(0)
  if (!isSame || left.key === null || left.where !== null || !isAlike) return null
  const key = searchableKey(one.table.columns, one.table.key)
  if (key === null || JSON.stringify(key) !== JSON.stringify(searchableKey(two.table.columns, two.table.key)))
    return null
  const clients = [live.client, earlier.live.client, other.client]
  const tried = await tryWithoutLocks(clients, of.signal, async (): Promise<Found | null> => {
    const kept = of.files?.find(name)
    const files = kept ?? (await of.files?.open(live, one, two)) ?? null
    const moved = await readMovedRows(
      { client: earlier.live.client, spec: specFor(before, then, earlier.after, files) },
      { client: live.client, spec: specFor(left, one, of.after, files) },
      { horizon: earlier.horizon, key: one.table?.key ?? [] },
    )
    if (moved === null) return null
    const there = await lookUpRows({ client: other.client, spec: right }, key, [...moved.went, ...moved.came])
    const found = there === null ? null : recount(was, moved, there)
    if (found === null || (files !== null && !(await files.amend(found)))) return null
    const { counts } = found
    const keys = [...(earlier.known.loss.tables.find((each) => each.table === name)?.keys ?? [])]
    keys.push(...found.lost.slice(0, sample).map(({ row }) => of.redact(row.key)))
    const { added, changed } = counts
    const loss = {
      ...{ ...nothing, table: name, added, changed, ...tellDeleted(name, counts, of), by: 'key' as const, columns },
      keys: added + changed === 0 ? [] : [...new Set(keys)].slice(0, sample),
    }
    return { loss, held: { rows: counts.rows.right, lacking: counts.lacking }, counts }
  })
  if ('value' in tried) return tried.value
  if (tried.error instanceof SalvorError && tried.error.code === 'lost_rows_unwritten') throw tried.error
  // Whatever it was, the whole table is read, and tells.
  return null
}
