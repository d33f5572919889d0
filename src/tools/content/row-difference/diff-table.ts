import { SalvorError } from '../../../domain/errors/fail.ts'
import { finding } from '../../../domain/finding-texts.ts'
import { type HeldRows, isLossy, type TableLoss } from '../../../domain/loss.ts'
import type { TableCounts } from '../../../ports/row-difference.ts'
import { explain } from '../measure-tables.ts'
import type { Snapshot } from '../snapshot.ts'
import { diffRows } from './diff-rows.ts'
import { type Deleted, tellGone } from './gone-since.ts'
import type { WholeOptions } from './look.ts'
import { type Place, pairUp } from './places.ts'
import { readCursor } from './read-cursor.ts'
import type { TableFiles } from './row-files.ts'
import type { RowSpec } from './spec.ts'
import { tryWithoutLocks } from './without-locks.ts'

const FETCHED = 2000

export interface Pair {
  readonly name: string
  readonly one: Place | undefined
  readonly two: Place | undefined
}

/** What a table without a difference is. */
export const nothing = {
  added: 0,
  changed: 0,
  gone: 0,
  atLeast: false,
  role: 'data',
  columns: [],
  keys: [],
  why: null,
} as const

export interface TableOptions extends WholeOptions {
  /** Condition on rows of live that came or were changed since. */
  readonly after: string | null
}

export interface Found {
  readonly loss: TableLoss | undefined
  readonly held: HeldRows | undefined
  readonly counts: TableCounts | undefined
}

/** Both sides of a table, row by row. */
export async function diffTable(live: Snapshot, other: Snapshot, pair: Pair, of: TableOptions): Promise<Found> {
  const { name, one, two } = pair
  const base = { ...nothing, columns: [], keys: [], table: name }
  const clients = [live.client, other.client]
  const tried = await tryWithoutLocks(clients, of.signal, async (): Promise<Found> => {
    if (one === undefined || two === undefined) return countOne(live, other, pair, of)
    const { left, right, columns } = pairUp(one, two)
    const files = (await of.files?.open(live, one, two)) ?? null
    try {
      const sides = [
        { client: live.client, spec: specFor(left, one, of.after, files) },
        { client: other.client, spec: right },
      ] as const
      const { by, keys, ...counts } = await diffRows(sides[0], sides[1], of.sample, async (kind, row) =>
        files?.write(kind === 'added' ? 'new' : 'changed', row),
      )
      await files?.keep()
      const { added, changed } = counts
      const loss = { ...base, added, changed, ...tellDeleted(name, counts, of), by, columns, keys: keys.map(of.redact) }
      return { loss, held: { rows: counts.rows.right, lacking: counts.lacking }, counts }
    } catch (thrown) {
      await files?.discard()
      throw thrown
    }
  })
  if ('value' in tried) return tried.value
  const { error } = tried
  if (error instanceof SalvorError && error.code === 'lost_rows_unwritten') throw error
  const why = finding('table_unread', { seen: explain(error) })
  return { loss: { ...base, by: 'none', why }, held: undefined, counts: undefined }
}

/** Of large objects nobody sees when they were written. */
export function specFor(left: RowSpec, one: Place, after: string | null, files: TableFiles | null): RowSpec {
  const since = after === null || one.table === null ? {} : { since: after }
  return { ...left, ...since, ...(files === null ? {} : { extra: files.values }) }
}

/** What live never had since it became live was not deleted from it. */
export function tellDeleted(
  table: string,
  { added, gone, rows }: Pick<TableCounts, 'added' | 'gone' | 'rows'>,
  { since }: WholeOptions,
): Deleted {
  if (since === null) return { gone, atLeast: false }
  const counts = { rows: rows.left, since: rows.since, added, gone }
  return tellGone(counts, since.held === null || !Object.hasOwn(since.held, table) ? undefined : since.held[table])
}

/** A table that one side alone has: all its rows. */
async function countOne(live: Snapshot, other: Snapshot, { name, one, two }: Pair, of: TableOptions): Promise<Found> {
  const place = one ?? two
  const side = one === undefined ? other : live
  const table = place?.table
  const base: TableLoss = { ...nothing, columns: [], keys: [], table: name, by: 'count' }
  if (!table) return { loss: base, held: undefined, counts: undefined }
  const where = table.where === undefined ? '' : ` WHERE ${table.where}`
  const after = one === undefined ? 'true' : (of.after ?? 'true')
  const { rows } = await side.client.query<{ count: string; since: string }>(
    `SELECT count(*), count(*) FILTER (WHERE ${after}) AS since FROM ONLY ${table.sqlName}${where}`,
  )
  const [count, since] = [Number(rows[0]?.count ?? 0), Number(rows[0]?.since ?? 0)]
  if (one === undefined) {
    const all = { added: 0, gone: count, rows: { left: 0, right: count, since: 0 } }
    return { loss: { ...base, ...tellDeleted(name, all, of) }, held: { rows: count, lacking: 0 }, counts: undefined }
  }
  const role = since === 0 ? 'data' : await of.roleOf(live.client, table)
  const loss = { ...base, added: since, role }
  if (isLossy(loss)) await writeAll(live, one, of)
  return { loss, held: { rows: 0, lacking: count }, counts: undefined }
}

/** All rows of a table that only live has, as far as they came since. */
async function writeAll(live: Snapshot, one: Place, of: TableOptions): Promise<void> {
  const files = (await of.files?.open(live, one, undefined)) ?? null
  if (files === null || !one.table) return
  const conditions = [one.table.where, of.after].flatMap((each) => (each == null ? [] : [`(${each})`]))
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  try {
    const sql = `SELECT ${files.values} AS extra FROM ONLY ${one.table.sqlName}${where}`
    for await (const rows of readCursor<{ extra: string }>(live.client, sql, { cursor: 'lost', batch: FETCHED }))
      for (const { extra } of rows) await files.write('new', { first: null, extra })
    await files.keep()
  } catch (thrown) {
    await files.discard()
    throw thrown
  }
}
