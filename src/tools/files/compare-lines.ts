/** Lines around a change that stay, to say where it is. */
const around = 3

/** Most cells of the table of common lines, 4 bytes each; above it the part that differs is told as replaced whole. */
const mostCells = 4_000_000

interface Line {
  readonly sign: ' ' | '-' | '+'
  /** Where it stands: in the old text for ' ' and '-', in the new one for '+'; from 0. */
  readonly at: number
}

/** Lines of a unified diff, by number and sign; the text is the caller's, who may have to hide some of it. */
export function compareLines(before: readonly string[], after: readonly string[]): Line[] {
  let head = 0
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head += 1
  let tail = 0
  const rest = Math.min(before.length, after.length) - head
  while (tail < rest && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  const middle = compareMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail))
  const same = (from: number, count: number) =>
    Array.from({ length: count }, (_, index): Line => ({ sign: ' ', at: from + index }))
  return [
    ...same(0, head),
    ...middle.map(({ sign, at }) => ({ sign, at: at + head })),
    ...same(before.length - tail, tail),
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

/** By the longest common subsequence; what is gone stands before what came. */
function compareMiddle(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1
  const isSmall = (before.length + 1) * width <= mostCells
  const common = isSmall ? countCommon(before, after, width) : new Uint32Array(0)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  const lines: Line[] = []
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    if (isSmall && i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ sign: ' ', at: i })
      i += 1
      j += 1
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', at: i })
      i += 1
    } else {
      lines.push({ sign: '+', at: j })
      j += 1
    }
  }
  return lines
}

function countCommon(before: readonly string[], after: readonly string[], width: number): Uint32Array {
  const common = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  return common
}
