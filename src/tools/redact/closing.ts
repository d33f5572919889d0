import type { Bounds } from './bounds.ts'
import { findTagEnd } from './tag.ts'

/** How data that a message quotes ends. */
export interface Closing {
  /** The signs of which one closes it. */
  readonly signs: readonly string[]
  /** What the message may say behind it (sticky); the data itself may hold the sign, so the last that fits counts. */
  readonly tail: RegExp
}

/** Looks for the ends of data in one text. Asked from left to right; what was not found is not looked for again. */
export function createClosingFinder(text: string, bounds: Bounds, { signs, tail }: Closing) {
  /** Between these no sign with a tail stands. */
  let [emptyFrom, emptyTo] = [0, -1]

  const lastWithTail = (from: number, to: number): number => {
    const start = from >= emptyFrom && to <= emptyTo ? to : from
    let found = -1
    for (let at = to - 1; at >= start && found < 0; at -= 1) {
      if (!signs.includes(text[at] ?? '')) continue
      tail.lastIndex = at + 1
      if (tail.test(text)) found = at
    }
    if (found < 0) [emptyFrom, emptyTo] = [from, to]
    return found
  }

  return (start: number): number => {
    const tagEnd = findTagEnd(text, start)
    if (tagEnd >= 0 && signs.includes(text[tagEnd] ?? '')) return tagEnd
    const line = bounds.lineEnd(start)
    const here = lastWithTail(start, line)
    if (here >= 0) return here
    const balanced = signs.includes(')') ? findBalanced(text, start, line) : -1
    if (balanced >= start) return balanced
    // The data has line breaks in it.
    const message = bounds.messageEnd(start)
    for (let from = line + 1; from <= message; ) {
      const to = Math.min(bounds.lineEnd(from), message)
      const found = lastWithTail(from, to)
      if (found >= 0) return found
      from = to + 1
    }
    const last = findLast(text, signs, start, line)
    return last < 0 ? message : last
  }
}

/** The bracket that closes one opened just before `start`; -1 where none does before `end`. */
function findBalanced(text: string, start: number, end: number): number {
  let depth = 1
  for (let at = start; at < end; at += 1) {
    const sign = text[at]
    if (sign === '(') depth += 1
    if (sign === ')') depth -= 1
    if (depth === 0) return at
  }
  return -1
}

function findLast(text: string, signs: readonly string[], start: number, end: number): number {
  for (let at = end - 1; at >= start; at -= 1) if (signs.includes(text[at] ?? '')) return at
  return -1
}
