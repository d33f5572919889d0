import { z } from 'zod'
import { byName, emptyByName } from './by-name.ts'
import type { LossByTable } from './content.ts'
import { writeCount } from './count.ts'

const counts = z.object({ inserted: z.number(), updated: z.number(), deleted: z.number() })

/**
 * What SQL did to a database, in rows and names: what a dry run shows, an approval binds and a commit must do again.
 * Tables are `schema.table`. Counts are the server's own for that transaction, triggers and cascades included.
 */
export const remedyEffect = z.object({
  tables: byName(counts),
  created: z.array(z.string()),
  /** Rows that each held. */
  dropped: byName(z.number()),
  /** `old → new` */
  renamed: z.array(z.string()),
  /** `schema.table.column`, of tables that stay. */
  droppedColumns: z.array(z.string()),
  /** Tables that got new storage: rewritten by ALTER TABLE, or truncated. Rows before and after. */
  rewritten: byName(z.object({ before: z.number(), after: z.number() })),
})

export type RemedyEffect = z.infer<typeof remedyEffect>

/** Rejected rows of one target table that were tried again. */
const replayedTarget = z.object({
  loaded: z.number(),
  failing: z.number(),
  /** Why rows still fail: the server's words without row data, with the number of rows. */
  errors: byName(z.number()),
  /** SHA-256 over the rows that were tried: another set of rejects is another replay. */
  digest: z.string(),
})

export const replayed = byName(replayedTarget)

/** By target table, as the rejects name it. */
export type Replayed = z.infer<typeof replayed>

/** Words for a card: one line a thing; empty when SQL touched no row and no table. */
export function describeEffect(effect: RemedyEffect): string[] {
  const rows = Object.entries(effect.tables).map(([table, { inserted, updated, deleted }]) => {
    const parts = [
      inserted > 0 ? `${writeCount(inserted)} inserted` : '',
      updated > 0 ? `${writeCount(updated)} updated` : '',
      deleted > 0 ? `${writeCount(deleted)} deleted` : '',
    ]
    return `${table}: ${parts.filter((part) => part !== '').join(', ')}`
  })
  const stored = Object.entries(effect.rewritten).map(([table, { before, after }]) =>
    before === after
      ? `${table}: stored anew, ${writeCount(after)} rows`
      : `${table}: ${writeCount(before)} rows before, ${writeCount(after)} after`,
  )
  return [
    ...rows,
    ...stored,
    ...Object.entries(effect.dropped).map(([table, held]) => `${table}: dropped, it held ${writeCount(held)} rows`),
    ...effect.droppedColumns.map((column) => `${column}: dropped`),
    ...effect.renamed.map((names) => `renamed: ${names}`),
    ...effect.created.map((table) => `${table}: created`),
  ]
}

/** Rows that are gone afterwards, by table. Values that an update replaced are not counted here. */
export function countLostRows(effect: RemedyEffect): LossByTable {
  const lost = emptyByName<number>()
  const add = (table: string, rows: number) => {
    if (rows > 0) lost[table] = (lost[table] ?? 0) + rows
  }
  for (const [table, { deleted }] of Object.entries(effect.tables)) add(table, deleted)
  for (const [table, held] of Object.entries(effect.dropped)) add(table, held)
  for (const [table, { before, after }] of Object.entries(effect.rewritten)) {
    // What DELETE took before the table was stored anew is counted already.
    add(table, before - after - (effect.tables[table]?.deleted ?? 0))
  }
  return lost
}

/** What differs between two effects, in words; empty when they are the same. */
export function compareEffects(expected: RemedyEffect, found: RemedyEffect): string[] {
  const [was, is] = [new Set(describeEffect(expected)), new Set(describeEffect(found))]
  return [
    ...[...is].filter((line) => !was.has(line)).map((line) => `now ${line}`),
    ...[...was].filter((line) => !is.has(line)).map((line) => `shown was ${line}`),
  ]
}

/** What a replay did beyond what was shown: another set of rejects, or more rows loaded. Fewer are no surprise. */
export function compareReplays(shown: Replayed, found: Replayed): string[] {
  return [...new Set([...Object.keys(shown), ...Object.keys(found)])].flatMap((target) => {
    const [was, is] = [shown[target], found[target]]
    if (was === undefined || is === undefined || was.digest !== is.digest)
      return [`${target}: other rejects than shown`]
    return is.loaded > was.loaded
      ? [`${target}: ${writeCount(is.loaded)} would load, ${writeCount(was.loaded)} were shown`]
      : []
  })
}

/** `customer_contacts: 4 of 6 rejected rows load, 2 still fail (…)`, one line a target. */
export function describeReplay(of: Replayed, tense: 'would' | 'did'): string[] {
  return Object.entries(of).map(([target, { loaded, failing, errors }]) => {
    const why = Object.entries(errors)
      .map(([message, rows]) => `${writeCount(rows)} × ${message}`)
      .join('; ')
    const load = tense === 'would' ? 'load' : 'loaded'
    const rest = failing === 0 ? 'none fails' : `${writeCount(failing)} still fail: ${why}`
    return `${target}: ${writeCount(loaded)} of ${writeCount(loaded + failing)} rejected rows ${load}, ${rest}`
  })
}
