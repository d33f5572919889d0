import type { ComparedTable } from '../../../domain/comparison.ts'
import { finding } from '../../../domain/finding-texts.ts'
import { findDifferingBuckets } from '../row-difference/buckets.ts'
import { streamRows } from '../row-difference/stream-rows.ts'
import type { Snapshot } from '../snapshot.ts'
import type { DifferenceFile } from './difference-files.ts'
import { listDiffering } from './differing-values.ts'
import { oneStatement } from './one-statement.ts'
import { identifyPair, pairRows, type RowPair } from './pair-rows.ts'
import { type Pairing, writeSpec, writeValues } from './sides.ts'

/** Differences that are held in memory to be looked for again; of more than these all that a second look finds counts. */
const MOST_TWICE = 200_000
/** Rows that are fetched at once, and how many values there may be in them. */
const MOST_FETCHED = 5000
const VALUES_FETCHED = 40_000

/** Two snapshots that are read side by side. */
export interface Both {
  readonly here: Snapshot
  readonly there: Snapshot
}

/** What a first look found: where the second has to look, and for what. */
export interface FirstLook {
  readonly rows: ComparedTable['rows']
  readonly buckets: readonly number[]
  readonly count: number
  /** Null where there are too many. */
  readonly found: ReadonlySet<string> | null
}

/** One scan a side; and where something differs, of what lies in the same buckets: of a large table in two steps. */
export async function lookOnce(both: Both, pairing: Pairing): Promise<FirstLook> {
  const side = (name: 'here' | 'there') => ({
    client: oneStatement(both[name].client),
    spec: writeSpec(pairing, name),
  })
  const { rows, buckets, count } = await findDifferingBuckets(side('here'), side('there'))
  const found = new Set<string>()
  if (buckets.length > 0)
    await walk(both, pairing, { buckets, count, values: false }, async (pair) => {
      if (found.size <= MOST_TWICE) found.add(identifyPair(pair))
    })
  return { rows: { here: rows.left, there: rows.right }, buckets, count, found: found.size > MOST_TWICE ? null : found }
}

/** The same rows in later snapshots: what differs still is counted, named and written. */
export async function lookAgain(
  both: Both,
  pairing: Pairing,
  of: { readonly first: FirstLook; readonly sample: number; readonly file: DifferenceFile | null },
): Promise<ComparedTable> {
  const { first, file } = of
  const counts = { inserted: 0, deleted: 0, changed: 0 }
  const columns = new Map<string, number>()
  const keys: string[] = []
  const { buckets, count } = first
  await walk(both, pairing, { buckets, count, values: true }, async (pair) => {
    if (first.found !== null && !first.found.has(identifyPair(pair))) return
    const values =
      pair.kind === 'changed' ? listDiffering(pairing, pair.here?.extra ?? '[]', pair.there?.extra ?? '[]') : []
    // Within what the plan allows.
    if (pair.kind === 'changed' && values.length === 0) return
    counts[pair.kind] += 1
    for (const { column } of values) columns.set(column, (columns.get(column) ?? 0) + 1)
    const key = keyOf(pair)
    if (keys.length < of.sample && key !== '') keys.push(key)
    await file?.write(pair.kind, key, values)
  })
  const kept = (await file?.keep()) ?? null
  return {
    ...toldOf(pairing),
    ...counts,
    rows: first.rows,
    columns: [...columns].map(([column, rows]) => ({ column, rows })),
    keys,
    seen: first.found === null ? 'once' : 'twice',
    file: kept?.path ?? null,
    cut: kept?.cut ?? false,
  }
}

/** What is told of a pairing in which nothing differs. */
export function toldOf(pairing: Pairing): ComparedTable {
  const { name, other, without, unmapped, key } = pairing
  return {
    name,
    other,
    by: key.length > 0 ? 'key' : 'row',
    rows: { here: 0, there: 0 },
    inserted: 0,
    deleted: 0,
    changed: 0,
    columns: [],
    keys: [],
    without,
    unmapped,
    seen: 'twice',
    file: null,
    cut: false,
    why: null,
  }
}

/** What is told of one that could not be compared. */
export function toldUnread(pairing: Pairing, seen: string): ComparedTable {
  return { ...toldOf(pairing), by: 'none', why: finding('table_unread', { seen }) }
}

async function walk(
  both: Both,
  pairing: Pairing,
  of: { readonly buckets: readonly number[]; readonly count: number; readonly values: boolean },
  hear: (pair: RowPair) => Promise<void>,
): Promise<void> {
  const extra = of.values ? { extra: writeValues(pairing) } : {}
  const fetched = Math.max(10, Math.min(MOST_FETCHED, Math.floor(VALUES_FETCHED / Math.max(1, pairing.pairs.length))))
  const streams = (['here', 'there'] as const).map((side) =>
    streamRows(
      oneStatement(both[side].client),
      { ...writeSpec(pairing, side), ...extra },
      { buckets: of.buckets, count: of.count, cursor: 'differing', ...(of.values ? { fetched } : {}) },
    ),
  ) as [ReturnType<typeof streamRows>, ReturnType<typeof streamRows>]
  try {
    for await (const pair of pairRows(streams[0], streams[1])) await hear(pair)
  } finally {
    await Promise.allSettled(streams.map((stream) => stream.return(undefined)))
  }
}

function keyOf({ here, there }: RowPair): string {
  return (here ?? there)?.key ?? ''
}
