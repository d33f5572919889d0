import type { LossByTable } from '../../src/domain/content.ts'
import { writeCount as count } from '../../src/domain/count.ts'
import { describeFindingMessage } from '../../src/domain/finding-texts.ts'
import type { Loss, TableLoss } from '../../src/domain/loss.ts'

/** Named in the sentence; Details and the report's record hold all. */
const [TABLES, SEQUENCES, OBJECTS] = [6, 3, 4]

/** What goes away with the switch, in one sentence; what is not known is said, and never called nothing. */
export function describeLoss(loss: Loss): string {
  return listParts(loss).join('; ') || 'nothing: live holds nothing that the backup lacks'
}

/** Nothing goes away, whatever comes back. */
export function losesNothing(loss: Loss): boolean {
  return listParts(loss).length === 0
}

/** A sentence of it names fewer tables, sequences or definitions than there are. */
export function isCutShort(loss: Loss): boolean {
  const returning = loss.tables.filter((one) => one.role !== 'leftover' && tellsReturns(one))
  return (
    Math.max(listData(loss).length, returning.length) > TABLES ||
    loss.sequences.length > SEQUENCES ||
    (['lost', 'returns'] as const).some((side) => listObjects(loss, side).length > OBJECTS)
  )
}

function listData(loss: Loss): TableLoss[] {
  return loss.tables.filter((one) => one.role !== 'leftover' && !onlyReturns(one))
}

function listParts(loss: Loss): string[] {
  const data = listData(loss)
  const largest = data.toSorted((one, other) => sizeOf(other) - sizeOf(one))
  return [
    ...cut(
      largest.map((one) => describeTable(one, 'lost')),
      TABLES,
      'more tables',
    ),
    ...cut(
      loss.sequences.map((one) =>
        one.live === null
          ? `${short(one.sequence)} may step back: it cannot be read`
          : `${short(one.sequence)} steps back from ${sayStand(one.live)} to ${sayStand(one.other)}`,
      ),
      SEQUENCES,
      'more sequences step back',
    ),
    ...cut(listObjects(loss, 'lost'), OBJECTS, 'more definitions'),
    ...(loss.objects === null ? ['definitions unknown: they could not be read'] : []),
    ...describeMoved(loss),
  ]
}

/**
 * A migration that moves rows takes those that came after the backup along: they are in no table that the backup has,
 * and written by the migration like all others there. Where nothing went out of a table, nothing was moved.
 */
function describeMoved({ tables }: Loss): string[] {
  const left = tables.filter((one) => one.role === 'leftover' && one.added > 0)
  const sources = tables.filter((one) => one.role !== 'leftover' && (one.gone > 0 || one.atLeast || one.by === 'none'))
  if (left.length === 0 || sources.length === 0) return []
  const named = left.map((one) => `${count(one.added)} of ${short(one.table)}`)
  return [
    `rows that came since the backup and were moved into what the migration made (${cut(named, TABLES, 'more tables').join(', ')}): not told apart`,
  ]
}

/** What was deleted since and comes back with the switch, in one sentence; undefined where nothing does. */
function describeReturns(loss: Loss): string | undefined {
  const tables = loss.tables
    .filter((one) => one.role !== 'leftover' && tellsReturns(one))
    .toSorted((one, other) => other.gone - one.gone)
  const parts = [
    ...cut(
      tables.map(
        (one) => `${short(one.table)}: ${one.atLeast ? 'at least ' : ''}${count(one.gone)} rows deleted since`,
      ),
      TABLES,
      'more tables',
    ),
    ...cut(listObjects(loss, 'returns'), OBJECTS, 'more definitions'),
  ]
  return parts.length === 0 ? undefined : parts.join('; ')
}

/** The same as a part of what is approved. */
export function sayReturns(loss: Loss): { returns?: string } {
  const returns = describeReturns(loss)
  return returns === undefined ? {} : { returns }
}

/** All of it, one fact a line, for Details: leftovers of the migration and sample keys too. */
export function listLoss(loss: Loss): string[] {
  return [
    ...loss.tables.map(
      // Keys are those of rows that go, never of those that come back.
      (one) => `${describeTable(one, 'all')}${one.keys.length === 0 ? '' : `; going: ${one.keys.join(' | ')}, …`}`,
    ),
    ...loss.sequences.map(
      (one) =>
        `sequence ${one.sequence}: ${one.live === null ? 'cannot be read' : sayStand(one.live)}, then ${sayStand(one.other)}`,
    ),
    ...listObjects(loss, 'all'),
  ]
}

/** `at most 212 orders, 640 order_items`; the largest first. */
export function describeRows(rows: LossByTable): string {
  const tables = Object.entries(rows).toSorted(([, one], [, other]) => other - one)
  if (tables.length === 0) return 'nothing'
  const named = tables.map(([table, number]) => `${count(number)} ${short(table)}`)
  return `at most ${cut(named, TABLES, 'more tables').join(', ')}`
}

/** `orders 183,876, order_items 4`; the largest first. */
export function describeCounts(rows: LossByTable): string {
  const tables = Object.entries(rows)
    .filter(([, number]) => number > 0)
    .toSorted(([, one], [, other]) => other - one)
  return cut(
    tables.map(([table, number]) => `${short(table)} ${count(number)}`),
    TABLES,
    'more tables',
  ).join(', ')
}

/** What a finished switch took away; empty where nothing. `file` holds the rest where one sentence cannot. */
export function describeLost(
  switched: { readonly loss: Loss | null; readonly lost: LossByTable },
  file: string,
): string[] {
  const { loss, lost } = switched
  if (loss === null) return Object.keys(lost).length === 0 ? [] : [describeRows(lost)]
  if (losesNothing(loss)) return []
  return [`${describeLoss(loss)}${isCutShort(loss) ? `; all of it in ${file} of the thread` : ''}`]
}

export function isNothing(loss: Loss): boolean {
  const tables = loss.tables.filter((one) => one.role !== 'leftover')
  return tables.length + loss.sequences.length === 0 && loss.objects?.length === 0
}

/** Which side of it is told: what goes away, what comes back, or both. */
type Told = 'lost' | 'returns' | 'all'

/** Rows that come back can be told from those that go: a mere count may hide as many new ones behind what is missing. */
function tellsReturns({ by, gone }: TableLoss): boolean {
  return gone > 0 && (by === 'key' || by === 'row')
}

/** All that a switch does to its rows is to bring some back. */
function onlyReturns(one: TableLoss): boolean {
  return tellsReturns(one) && one.added + one.changed + one.columns.length === 0
}

function describeTable(one: TableLoss, told: Told): string {
  const name = short(one.table)
  if (one.by === 'none') return `${name}: unknown${one.why === null ? '' : ` (${describeFindingMessage(one.why)})`}`
  const least = one.atLeast ? 'at least ' : ''
  const fresh = one.by === 'transaction' ? 'new or changed' : 'new'
  const numbers = [
    ...(one.added > 0 ? [`${count(one.added)} ${fresh}`] : []),
    ...(one.changed > 0 ? [`${count(one.changed)} changed`] : []),
    ...(one.gone > 0 && (told === 'all' || !tellsReturns(one))
      ? [`${least}${count(one.gone)} deleted since, which come back`]
      : []),
    ...(one.gone === 0 && one.atLeast ? ['deleted ones unknown'] : []),
    ...(one.columns.length > 0 ? [`columns ${one.columns.join(', ')}`] : []),
  ]
  const role =
    one.role === 'leftover'
      ? ', left by the migration'
      : one.role === 'unproven'
        ? ', said to be made by the migration; when its rows came is not known'
        : ''
  return `${name}: ${numbers.join(', ')}${role}`
}

/** Tables with rows are told by their rows. */
function listObjects(loss: Loss, side: Told): string[] {
  const told = new Set(loss.tables.map((one) => `table ${one.table}`))
  const words = {
    added: 'new',
    changed: 'changed',
    gone: side === 'returns' ? 'deleted since' : 'deleted since, which comes back',
    unsure: 'changed, or only printed in another way',
  } as const
  return (loss.objects ?? [])
    .filter((one) => one.verdict === 'changed' || one.verdict === 'unsure' || !told.has(one.name))
    .filter((one) => side === 'all' || (one.verdict === 'gone') === (side === 'returns'))
    .map((one) => `${one.name} ${words[one.verdict]}${one.facets.length === 0 ? '' : ` (${one.facets.join(', ')})`}`)
}

/** A sequence that nobody has used yet stands nowhere. */
function sayStand(value: string | null): string {
  return value === null ? 'its start' : count(value)
}

function cut(parts: readonly string[], most: number, rest: string): string[] {
  return parts.length <= most ? [...parts] : [...parts.slice(0, most), `${parts.length - most} ${rest}`]
}

function sizeOf(one: TableLoss): number {
  return one.by === 'none' ? Number.POSITIVE_INFINITY : one.added + one.changed + one.gone
}

function short(name: string): string {
  return name.replace(/^public\./, '')
}
