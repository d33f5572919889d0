import type { RepairMode } from '../../../domain/repair.ts'
import { type WhyLeft, whyLeft } from '../../../domain/repair-texts.ts'
import type { Both, FirstLook } from '../across/compare-pairing.ts'
import { listDiffering } from '../across/differing-values.ts'
import { oneStatement } from '../across/one-statement.ts'
import { identifyPair, pairRows, type RowPair } from '../across/pair-rows.ts'
import { type Pairing, writeSpec, writeValues } from '../across/sides.ts'
import { streamRows } from '../row-difference/stream-rows.ts'
import type { Repairable } from './judge-pairing.ts'
import {
  hashTexts,
  type RowLine,
  type Texts,
  writeDeleteLine,
  writeInsertLine,
  writeOutput,
  writeUpdateLine,
} from './row-lines.ts'

/** Whole rows that are fetched at once. */
const FETCHED = 500
/** The name under which a whole row of this side is read; no column's. */
const WHOLE = 'salvor: whole row'

/** What to do about one row, or why nothing is done. */
export type RowTask =
  | {
      readonly kind: 'insert' | 'update' | 'delete'
      readonly line: RowLine
      readonly key: Texts
      readonly values: Texts
    }
  | { readonly kind: 'left'; readonly why: WhyLeft }

/** Rows that differed at the first look and do so still, in the order of their identity. */
export async function* listRows(
  both: Both,
  one: Repairable,
  of: { readonly first: FirstLook; readonly mode: RepairMode; readonly t: number },
): AsyncGenerator<RowTask> {
  const { first } = of
  const streams = (['here', 'there'] as const).map((side) =>
    streamRows(oneStatement(both[side].client), specOf(one, side), {
      ...{ buckets: first.buckets, count: first.count, cursor: 'repairing', fetched: FETCHED },
    }),
  ) as [ReturnType<typeof streamRows>, ReturnType<typeof streamRows>]
  try {
    for await (const pair of pairRows(streams[0], streams[1])) {
      if (first.found !== null && !first.found.has(identifyPair(pair))) continue
      const task = judgeRow(one, pair, of)
      if (task !== null) yield task
    }
  } finally {
    await Promise.allSettled(streams.map((stream) => stream.return(undefined)))
  }
}

function judgeRow(
  one: Repairable,
  pair: RowPair,
  { mode, t }: { readonly mode: RepairMode; readonly t: number },
): RowTask | null {
  if (pair.kind === 'deleted') return insertRow(one, readRow(pair.there?.extra), t)
  if (pair.kind === 'inserted') return mode === 'replace' ? deleteRow(one, readRow(pair.here?.extra), t) : null
  return mode === 'missing' ? null : updateRow(one, pair, t)
}

function insertRow({ pairing, table, keepsInsert }: Repairable, { shared }: ReadRow, t: number): RowTask {
  const [why] = keepsInsert
  if (why !== undefined) return { kind: 'left', why }
  const values = pick(pairing, shared, table.wanted)
  const key = pick(pairing, shared, table.key)
  const line = writeInsertLine(table, { t, key, columns: table.wanted, values, wants: hashTexts(values) })
  return { kind: 'insert', line, key, values }
}

function deleteRow({ pairing, table }: Repairable, { shared, whole }: ReadRow, t: number): RowTask {
  const key = pick(pairing, shared, table.key)
  return {
    kind: 'delete',
    line: writeDeleteLine(table, { t, key, holds: hashTexts(whole), before: whole }),
    key,
    values: whole,
  }
}

function updateRow({ pairing, table, keepsUpdate, generated }: Repairable, pair: RowPair, t: number): RowTask | null {
  const [ours, theirs] = [readRow(pair.here?.extra), readRow(pair.there?.extra)]
  const differing = listDiffering(pairing, ours.compared, theirs.compared).map(({ column }) => column)
  // What the server generates follows what it is generated of.
  const columns = differing.filter((column) => !generated.has(column))
  if (columns.length === 0) {
    const [column] = differing
    return column === undefined ? null : { kind: 'left', why: whyLeft('generated', { column }) }
  }
  const why = columns.map((column) => keepsUpdate.get(column)).find((each) => each !== undefined)
  if (why !== undefined) return { kind: 'left', why }
  const [before, values] = [pick(pairing, ours.shared, columns), pick(pairing, theirs.shared, columns)]
  const key = pick(pairing, ours.shared, table.key)
  const held = pick(pairing, ours.shared, table.wanted)
  const wanted = held.map((value, at) => {
    const place = columns.indexOf(table.wanted[at] ?? '')
    return place < 0 ? value : (values[place] ?? null)
  })
  const holds = hashTexts(ours.whole)
  const back = { values: before, held: hashTexts(held) }
  const line = writeUpdateLine(table, { t, key, columns, values, back, holds, wants: hashTexts(wanted) })
  return { kind: 'update', line, key, values }
}

interface ReadRow {
  /** What listDiffering reads. */
  readonly compared: string
  /** Values in the order of the pairing's pairs. */
  readonly shared: Texts
  /** Values of all columns of this side's row that can be written. */
  readonly whole: Texts
}

function readRow(extra: string | null | undefined): ReadRow {
  const [compared, shared, whole] = JSON.parse(extra ?? '[]') as (string | null)[]
  return { compared: compared ?? '[]', shared: JSON.parse(shared ?? '[]'), whole: JSON.parse(whole ?? '[]') }
}

function pick({ pairs }: Pairing, values: Texts, columns: readonly string[]): Texts {
  return columns.map((column) => values[pairs.findIndex(({ name }) => name === column)] ?? null)
}

/** The rows as they are compared, each with all that it holds. */
function specOf({ pairing, table }: Repairable, side: 'here' | 'there') {
  const whole = side === 'here' ? writeArray(table.columns) : 'NULL::text'
  const as = { name: WHOLE, builtIn: null, isArray: false, hasLength: false, collatable: true, generated: false }
  const more = { name: WHOLE, here: whole, there: whole, as }
  const { from } = writeSpec({ ...pairing, pairs: [...pairing.pairs, more] }, side)
  const shared = writeArray(pairing.pairs.map(({ name }) => name))
  return {
    ...writeSpec(pairing, side),
    from,
    extra: `to_json(ARRAY[${writeValues(pairing)}, ${shared}, "${WHOLE}"]::text[])::text`,
  }
}

function writeArray(columns: readonly string[]): string {
  return `to_json(ARRAY[${columns.map(writeOutput).join(', ')}]::text[])::text`
}
