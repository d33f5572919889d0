import { z } from 'zod'
import type { LossByTable } from './content.ts'
import { findingMessage } from './finding-texts.ts'

/**
 * What live has and the other side lacks or holds differently, of one table. `added` and `changed` rows go away with a
 * switch; `gone` rows come back with it, so their deletion goes away.
 */
const tableLossSchema = z.object({
  /** As writeName writes it; `large objects` for these. */
  table: z.string(),
  added: z.number(),
  changed: z.number(),
  gone: z.number(),
  /** How rows were told apart. `none`: nothing is known of them, and `why` says so. */
  by: z.enum(['key', 'row', 'transaction', 'count', 'none']),
  /** The true numbers may be higher. */
  atLeast: z.boolean(),
  /** How many may be `gone` where that is a lower bound, if somebody can say. */
  mostGone: z.number().exactOptional(),
  /** `leftover` is shown to be the migration's own; `unproven` is named as such, and when its rows came is not known. */
  role: z.enum(['data', 'leftover', 'unproven']),
  /** Columns that live alone has; their values go away in all rows. */
  columns: z.array(z.string()),
  /** A few keys of added and changed rows, redacted. */
  keys: z.array(z.string()),
  why: findingMessage.nullable(),
})

/** What a database held of a table when it took another one's place. */
export const heldRowsSchema = z.object({
  rows: z.number(),
  /** Rows of the other one that it did not have. */
  lacking: z.number(),
})

export type HeldRows = z.infer<typeof heldRowsSchema>

const sequenceLossSchema = z.object({
  sequence: z.string(),
  /** Where it stands now and where it would stand; null before its first value. */
  live: z.string().nullable(),
  other: z.string().nullable(),
})

const objectLossSchema = z.object({
  /** `function public.tax()`. */
  name: z.string(),
  kind: z.string(),
  /**
   * `added`: live alone has it. `gone`: live lacks it, so it comes back. `unsure`: it prints in another way, and nothing
   * tells whether it was changed.
   */
  verdict: z.enum(['added', 'changed', 'gone', 'unsure']),
  facets: z.array(z.string()),
  /** Digest of what live has there; absent where it has nothing, or what may be a password. */
  is: z.string().exactOptional(),
})

/** What a switch takes away, as facts. Tables without a difference are left out. */
export const lossSchema = z.object({
  tables: z.array(tableLossSchema),
  sequences: z.array(sequenceLossSchema),
  /** null where objects could not be compared. */
  objects: z.array(objectLossSchema).nullable(),
  /** Tables that were compared, equal ones included. */
  compared: z.number(),
})

export type TableLoss = z.infer<typeof tableLossSchema>
export type SequenceLoss = z.infer<typeof sequenceLossSchema>
export type ObjectLoss = z.infer<typeof objectLossSchema>
export type Loss = z.infer<typeof lossSchema>

/** Whether rows of it go away. What the migration left is no loss, and of what cannot be read nothing is known. */
export function isLossy(one: TableLoss): boolean {
  return one.role !== 'leftover' && one.added + one.changed > 0
}

/** Tables of which rows go away that can be written down; large objects have none. */
export function listLossy({ tables }: Loss): string[] {
  return tables.filter((one) => isLossy(one) && one.table !== 'large objects').map((one) => one.table)
}

/** Rows of live that go away, by table: what an approval's ceiling holds. */
export function lossByTable({ tables }: Loss): LossByTable {
  return Object.fromEntries(tables.filter(isLossy).map((one) => [one.table, one.added + one.changed]))
}

/** One number or object that is above what was shown. */
export interface AboveShown {
  readonly name: string
  readonly what: 'added' | 'changed' | 'gone' | 'gone_unknown' | 'unknown' | 'unread' | 'sequence' | 'object'
  readonly now: number
  readonly shown: number
}

/** What would be lost now beyond what was shown, name by name; empty where nothing is. */
export function findAbove(shown: Loss, now: Loss): AboveShown[] {
  const before = new Map(shown.tables.map((one) => [one.table, one]))
  const above: AboveShown[] = []
  for (const one of now.tables) {
    const was = before.get(one.table)
    // What was shown as the migration's own was shown as no loss.
    const isLossNow = was?.role === 'leftover' && one.role !== 'leftover'
    for (const what of ['added', 'changed', 'gone'] as const) {
      const most = isLossNow ? 0 : (was?.[what] ?? 0)
      if (one[what] > most) above.push({ name: one.table, what, now: one[what], shown: most })
    }
    const more = one.by === 'none' && was?.by !== 'none'
    if (more) above.push({ name: one.table, what: 'unknown', now: 1, shown: 0 })
    if (mayHideMore(was, one))
      above.push({ name: one.table, what: 'gone_unknown', now: one.gone, shown: was?.gone ?? 0 })
  }
  const sequences = new Set(shown.sequences.map((one) => `${one.sequence} ${one.live}`))
  for (const one of now.sequences)
    if (!sequences.has(`${one.sequence} ${one.live}`))
      above.push({ name: one.sequence, what: 'sequence', now: Number(one.live ?? 0), shown: Number(one.other ?? 0) })
  if (now.objects === null && shown.objects !== null)
    above.push({ name: 'definitions', what: 'unread', now: 1, shown: 0 })
  const objects = new Map((shown.objects ?? []).map((one) => [one.name, one]))
  for (const one of now.objects ?? [])
    if (!covers(objects.get(one.name), one)) above.push({ name: one.name, what: 'object', now: 1, shown: 0 })
  return above
}

/** An object that was shown as changed in one way was not shown as changed in another, nor as changed once more. */
function covers(was: ObjectLoss | undefined, now: ObjectLoss): boolean {
  const isAlike = was?.verdict === now.verdict || (was?.verdict === 'changed' && now.verdict === 'unsure')
  const isOnceMore = was?.verdict === now.verdict && was.is !== undefined && was.is !== now.is
  return isAlike && !isOnceMore && now.facets.every((facet) => was?.facets.includes(facet))
}

/** Behind a lower bound deletions may stand that nobody was shown; who was shown one knows that there may be. */
function mayHideMore(was: TableLoss | undefined, now: TableLoss): boolean {
  const wasBound = was?.atLeast === true || was?.by === 'none'
  if (now.by === 'none' || !now.atLeast || wasBound) return false
  return now.mostGone === undefined || now.mostGone > (was?.gone ?? 0)
}
