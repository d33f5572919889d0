/** Lines around a change that stay to say where it is. */
const CONTEXT = 3

interface Line {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** A unified diff of two small texts (its time and memory grow with the product of their lines); '' for equal ones. */
export function writeUnifiedDiff(before: string, now: string, names: { before: string; now: string }): string {
  const lines = compareLines(splitLines(before), splitLines(now))
  const hunks = findHunks(lines).map(([from, to]) => writeHunk(lines, from, to))
  return hunks.length === 0 ? '' : `--- ${names.before}\n+++ ${names.now}\n${hunks.join('')}`
}

/** By the longest common subsequence; what is gone stands before what came. */
function compareLines(before: readonly string[], now: readonly string[]): Line[] {
  const common = before.map(() => new Array<number>(now.length + 1).fill(0))
  common.push(new Array<number>(now.length + 1).fill(0))
  const at = (i: number, j: number) => common[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = common[i] ?? []
      row[j] = before[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < now.length) {
    const [old, fresh] = [before[i], now[j]]
    if (old !== undefined && old === fresh) {
      lines.push({ sign: ' ', text: old })
      i += 1
      j += 1
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: old })
      i += 1
    } else {
      lines.push({ sign: '+', text: fresh ?? '' })
      j += 1
    }
  }
  return lines
}

/** Ranges of lines with a change and what surrounds it; ranges that touch become one. */
function findHunks(lines: readonly Line[]): [number, number][] {
  const hunks: [number, number][] = []
  lines.forEach((line, index) => {
    if (line.sign === ' ') return
    const from = Math.max(0, index - CONTEXT)
    const to = Math.min(lines.length, index + CONTEXT + 1)
    const last = hunks.at(-1)
    if (last && from <= last[1]) last[1] = to
    else hunks.push([from, to])
  })
  return hunks
}

function writeHunk(lines: readonly Line[], from: number, to: number): string {
  const count = (part: readonly Line[], without: '-' | '+') => part.filter((line) => line.sign !== without).length
  const range = (without: '-' | '+') => {
    const size = count(lines.slice(from, to), without)
    return `${count(lines.slice(0, from), without) + (size > 0 ? 1 : 0)},${size}`
  }
  const body = lines.slice(from, to).map((line) => `${line.sign}${line.text}\n`)
  return `@@ -${range('+')} +${range('-')} @@\n${body.join('')}`
}

function splitLines(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}
