import { diffArrays } from 'diff'

/** Lines around a change that stay, to say where it is. */
const around = 3

/** More edits than this are not searched for: the part that differs is told as replaced whole. */
const mostEdits = 2_000

interface Line {
  readonly sign: ' ' | '-' | '+'
  /** Where it stands: in the old text for ' ' and '-', in the new one for '+'; from 0. */
  readonly at: number
}

/** Lines of a unified diff, by number and sign; the text is the caller's, who may have to hide some of it. */
export function compareLines(before: readonly string[], after: readonly string[]): Line[] {
  const parts = diffArrays([...before], [...after], { maxEditLength: mostEdits }) ?? replaceMiddle(before, after)
  let [old, fresh] = [0, 0]
  return parts.flatMap(({ added, removed, count }) => {
    const from = added ? fresh : old
    if (!removed) fresh += count
    if (!added) old += count
    const sign = added ? '+' : removed ? '-' : ' '
    return Array.from({ length: count }, (_, index): Line => ({ sign, at: from + index }))
  })
}

function replaceMiddle(before: readonly string[], after: readonly string[]) {
  const rest = Math.min(before.length, after.length)
  let head = 0
  while (head < rest && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < rest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  const part = (count: number, added: boolean, removed: boolean) => ({ count, added, removed })
  return [
    part(head, false, false),
    part(before.length - head - tail, false, true),
    part(after.length - head - tail, true, false),
    part(tail, false, false),
  ]
}

/** Ranges of lines with a change and what surrounds it; ranges that touch become one. */
export function findHunks(lines: readonly Line[]): (readonly Line[])[] {
  const ranges: [number, number][] = []
  lines.forEach(({ sign }, index) => {
    if (sign === ' ') return
    const [from, to] = [Math.max(0, index - around), Math.min(lines.length, index + around + 1)]
    const last = ranges.at(-1)
    if (last && from <= last[1]) last[1] = to
    else ranges.push([from, to])
  })
  return ranges.map(([from, to]) => lines.slice(from, to))
}
