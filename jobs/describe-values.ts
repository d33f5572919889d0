import { writeCount } from '../src/domain/count.ts'
import type { Json } from '../src/domain/json.ts'

/** Longer values, such as index definitions, are cut on cards. */
const SHOWN = 60
/** What is shown of the equal part before the first difference, so that it can be found again. */
const BEFORE = 20

/** A value as cards show it, cut at its end. */
export function writeValue(value: Json): string {
  return cut(writeWhole(value), 0)
}

/** Both values, each cut around the place where they begin to differ: ` (expected …, found …)`. */
export function writeValues(expected: Json, found: Json): string {
  const [was, is] = [writeWhole(expected), writeWhole(found)]
  const from = findStart(was, is)
  return ` (expected ${cut(was, from)}, found ${cut(is, from)})`
}

/** True where a card cannot show all of a value. */
export function isLong(value: Json): boolean {
  return writeWhole(value).length > SHOWN
}

/** The value in full: numbers as people read them. */
export function writeWhole(value: Json): string {
  if (value === null) return 'nothing'
  if (typeof value === 'number') return Number.isInteger(value) ? writeCount(value) : String(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** From where both are shown: their beginning where that tells them apart, else a little before they part. */
function findStart(one: string, other: string): number {
  if (Math.max(one.length, other.length) <= SHOWN) return 0
  let same = 0
  while (same < Math.min(one.length, other.length) && one[same] === other[same]) same += 1
  return same + BEFORE <= SHOWN ? 0 : same - BEFORE
}

/** Never half of a character. */
function cut(text: string, from: number): string {
  const end = from + SHOWN
  const kept = text.slice(from, end).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')
  return `${from > 0 ? '…' : ''}${kept}${text.length > end ? '…' : ''}`
}
