import { writeCount } from '../../src/domain/count.ts'
import { describeCounts } from '../restore/describe-loss.ts'
import type { Turned, TurnedObjects } from './turned-schema.ts'

/** Rows that the undone job brought go again: nobody should learn that from the database afterwards. */
export function sayGoes(turned: Turned, job: string): string[] {
  const rows = describeCounts(Object.fromEntries(turned.map(({ table, goes }) => [table, goes])))
  return rows === '' ? [] : [`rows that ${job} brought go again: ${rows}`]
}

/**
 * What an undo brings back of what the undone job took, with totals over all tables: rows first, then values. What a
 * migration left behind is no data, and is told last.
 */
export function sayComes(turned: Turned, job: string): string[] {
  const data = turned.filter(({ leftover }) => !leftover)
  const leftovers = turned.filter(({ leftover }) => leftover)
  return [
    ...sayTotal(data, 'comes', (total) => `${total} that ${job} took`),
    ...sayTotal(data, 'changes', (total) => `${total} with the values of before ${job}`),
    ...sayTotal(leftovers, 'comes', (total) => `${total} that the migration left`),
  ]
}

/** `636 rows that restore-1 took: order_items 424, orders 212` */
function sayTotal(turned: Turned, what: 'comes' | 'changes', say: (total: string) => string): string[] {
  const total = turned.reduce((sum, one) => sum + one[what], 0)
  if (total === 0) return []
  const counts = describeCounts(Object.fromEntries(turned.map((one) => [one.table, one[what]])))
  return [`${say(`${writeCount(total)} ${total === 1 ? 'row' : 'rows'}`)}: ${counts}`]
}

/** For Details: each table, both ways. */
export function listTurned(turned: Turned, job: string): string[] {
  return turned.map(({ table, goes, comes, changes }) => {
    const parts = [
      ...(goes > 0 ? [`${writeCount(goes)} go`] : []),
      ...(comes > 0 ? [`${writeCount(comes)} come back`] : []),
      ...(changes > 0 ? [`${writeCount(changes)} are as before`] : []),
    ]
    return `${table}, as ${job} found it: ${parts.join(', ')}`
  })
}

/** Named in one sentence; Details hold all. */
const NAMED = 4

/** What the undone job did to definitions goes with it: by name, as far as a sentence has room. */
export function sayObjects(objects: TurnedObjects, job: string): { readonly goes: string[]; readonly comes: string[] } {
  const say = (way: TurnedObjects[number]['way'], what: string): string[] => {
    const names = objects.filter((one) => one.way === way).map((one) => one.name)
    if (names.length === 0) return []
    const rest = names.length > NAMED ? [`${writeCount(names.length - NAMED)} more`] : []
    return [`${what}: ${[...names.slice(0, NAMED), ...rest].join(', ')}`]
  }
  return {
    goes: [
      ...say('goes', `definitions that ${job} brought go again`),
      ...say('changes', `definitions are again as ${job} found them`),
    ],
    comes: say('comes', `definitions that ${job} took`),
  }
}

/** For Details: each definition. */
export function listTurnedObjects(objects: TurnedObjects, job: string): string[] {
  const words = { goes: 'goes', comes: 'comes back', changes: 'is as before' }
  return objects.map(({ name, way }) => `${name}, as ${job} found it: ${words[way]}`)
}

/** What an undo leads back to is never compared with anything. */
export function sayUnproven(job: string, toRestored: boolean): string {
  return toRestored
    ? `its content: it is as it was before ${job}`
    : `its content: it is as it was before ${job}, with the damage it had`
}
