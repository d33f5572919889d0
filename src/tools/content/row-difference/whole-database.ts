import { emptyByName } from '../../../domain/by-name.ts'
import { type HeldRows, isLossy, type Loss, type TableLoss } from '../../../domain/loss.ts'
import type { TableCounts } from '../../../ports/row-difference.ts'
import type { Snapshot } from '../snapshot.ts'
import { readWriteMark, writeSince } from '../write-mark.ts'
import { diffMoved } from './diff-moved.ts'
import { diffObjects } from './diff-objects.ts'
import { diffTable, type Found } from './diff-table.ts'
import type { Look, WholeOptions } from './look.ts'
import { readPlaces } from './places.ts'
import { findStepsBack } from './steps-back.ts'
import { together } from './together.ts'

/** All that live has and the other side lacks or holds differently, each side in the snapshot that is open. */
export async function diffDatabases(live: Snapshot, other: Snapshot, of: WholeOptions): Promise<Look> {
  const [ours, theirs] = await together([
    readPlaces(live.client),
    of.earlier === undefined ? readPlaces(other.client) : Promise.resolve(of.earlier.theirs),
  ])
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort()
  const after = of.since === null ? null : writeSince(of.since.mark, await readWriteMark(live.client))
  const before = new Map(of.known?.loss.tables.map((one) => [one.table, one]))
  const { marks, shapes } = of.marks
  const tables: TableLoss[] = []
  const held = emptyByName<HeldRows>()
  const counts = emptyByName<TableCounts>()
  const read = new Set<string>()
  for (const name of of.earlier?.ours.keys() ?? []) if (!ours.has(name) && !theirs.has(name)) await of.files?.drop(name)
  for (const name of names) {
    of.signal.throwIfAborted()
    const pair = { one: ours.get(name), two: theirs.get(name), name }
    const was = before.get(name)
    const mark = marks[name]
    const isStill = of.known !== null && mark !== undefined && of.known.marks[name] === mark && was?.by !== 'none'
    // Its rows have to be written, once: behind the closed door they stand there already.
    const isWritten = of.files === null || of.earlier !== undefined || was === undefined || !isLossy(was)
    const options = { ...of, after }
    const isKnown = isStill && isWritten && of.known !== null
    const found: Found = isKnown
      ? { loss: was, held: of.known?.held[name], counts: of.known?.counts[name] }
      : ((await diffMoved(live, other, pair, options)) ?? (await diffAnew(live, other, pair, options)))
    if (!isKnown) read.add(name)
    if (found.held !== undefined) held[name] = found.held
    if (found.counts !== undefined) counts[name] = found.counts
    if (found.loss !== undefined && isLoss(found.loss)) tables.push(found.loss)
  }
  const sequences = await findStepsBack(live.client, other.client)
  const { objects, definitions } = await diffObjects(live, other, of)
  const loss: Loss = { tables, sequences, objects, compared: names.length }
  return { known: { loss, held, definitions, counts, marks }, live, shapes, ours, theirs, read, after }
}

/** What an earlier look wrote of the table is no longer so, whether this one finds rows to write or not. */
async function diffAnew(...of: Parameters<typeof diffTable>): Promise<Found> {
  const [, , { name }, { files }] = of
  await files?.drop(name)
  return diffTable(...of)
}

function isLoss(one: TableLoss): boolean {
  return one.added + one.changed + one.gone > 0 || one.atLeast || one.by === 'none' || one.columns.length > 0
}
