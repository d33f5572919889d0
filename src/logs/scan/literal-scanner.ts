/**
 * Finds any of many short words in bytes in one pass, upper and lower case alike: an automaton of the kind of Aho and
 * Corasick (CACM 1975) whose every step is one look into a table, so that its time depends on neither the number of
 * words nor on what the bytes are.
 */
export interface LiteralScanner {
  /** Looks through [from, to), which begins with a line and holds whole lines only. */
  findLines(bytes: Buffer, from: number, to: number, found: FoundLines): void
}

/** What was found, reused from block to block. */
export interface FoundLines {
  /** Lines in the block. */
  lines: number
  /** Lines that hold a word. */
  count: number
  /** For each of those an offset within it, ascending. */
  readonly offsets: Int32Array
  /** For each of those its place among the block's lines, beginning with zero. */
  readonly places: Int32Array
}

/** Room for the findings in blocks of at most so many bytes. */
export function makeRoom(bytes: number): FoundLines {
  return { lines: 0, count: 0, offsets: new Int32Array(bytes), places: new Int32Array(bytes) }
}

const newline = 10

/** Words are latin1: characters stand for bytes. At most 250 different ones (case aside); none holds a newline. */
export function createLiteralScanner(words: readonly string[]): LiteralScanner {
  const classes = new Uint8Array(256)
  classes[newline] = 1
  let width = 2
  for (const character of new Set(fold(words.join('')))) {
    classes[character.charCodeAt(0)] = width
    if (/[a-z]/.test(character)) classes[character.toUpperCase().charCodeAt(0)] = width
    width += 1
  }
  const { next, accepting } = buildTable(words, classes, width)

  /** Passes [at, to) alone, from a state; returns how many lines ended. */
  function passAlone(
    bytes: Buffer,
    from: number,
    to: number,
    begun: number,
    begunLines: number,
    found: FoundLines,
  ): number {
    let state = begun
    let lines = begunLines
    for (let at = from; at < to; at++) {
      state = next[state + (classes[bytes[at] as number] as number)] as number
      if (state < accepting) continue
      if (bytes[at] !== newline) {
        found.offsets[found.count] = at
        found.places[found.count++] = lines
        at = findEnd(bytes, at, to)
      }
      lines += 1
      state = 0
    }
    return lines
  }

  return {
    findLines(bytes, from, to, found) {
      const middle = Math.min(to, findEnd(bytes, from + ((to - from) >> 1), to) + 1)
      const late: number[] = []
      let first = from
      let second = middle
      let firstState = 0
      let secondState = 0
      let firstLines = 0
      let secondLines = 0
      found.count = 0
      // Each step waits for the one before it: two lanes at once keep the processor busy.
      while (first < middle && second < to) {
        const steps = Math.min(middle - first, to - second)
        let step = 0
        for (; step < steps; step++) {
          firstState = next[firstState + (classes[bytes[first + step] as number] as number)] as number
          secondState = next[secondState + (classes[bytes[second + step] as number] as number)] as number
          if (firstState >= accepting || secondState >= accepting) break
        }
        first += step
        second += step
        if (step === steps) break
        if (firstState >= accepting) {
          if (bytes[first] !== newline) {
            found.offsets[found.count] = first
            found.places[found.count++] = firstLines
            first = findEnd(bytes, first, middle)
          }
          firstLines += 1
          firstState = 0
        }
        if (secondState >= accepting) {
          if (bytes[second] !== newline) {
            late.push(second, secondLines)
            second = findEnd(bytes, second, to)
          }
          secondLines += 1
          secondState = 0
        }
        first = firstState === 0 && bytes[first] === newline ? skipTime(bytes, first + 1, middle) : first + 1
        second = secondState === 0 && bytes[second] === newline ? skipTime(bytes, second + 1, to) : second + 1
      }
      firstLines = passAlone(bytes, first, middle, firstState, firstLines, found)
      const beforeLate = found.count
      for (let at = 0; at < late.length; at += 2) {
        found.offsets[found.count] = late[at] as number
        found.places[found.count++] = late[at + 1] as number
      }
      secondLines = passAlone(bytes, second, to, secondState, secondLines, found)
      for (let at = beforeLate; at < found.count; at++) found.places[at] = (found.places[at] as number) + firstLines
      found.lines = firstLines + secondLines
    },
  }
}

/** A date and time at the beginning of a line hold no word: a fifth of many logs need not be looked at. */
function skipTime(bytes: Buffer, at: number, to: number): number {
  const isTime =
    at + 19 < to && bytes[at + 4] === 45 && bytes[at + 7] === 45 && bytes[at + 13] === 58 && bytes[at + 16] === 58
  return isTime ? at + 17 : at
}

function findEnd(bytes: Buffer, at: number, to: number): number {
  const end = bytes.indexOf(newline, at)
  return end === -1 || end >= to ? to : end
}

/** Letters of ASCII only: bytes of other letters have no case of their own. */
function fold(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

interface Node {
  readonly children: Map<number, number>
  fail: number
  isEnd: boolean
}

/** States as offsets into the table; those that end a word come last, so that one comparison tells them. */
function buildTable(
  words: readonly string[],
  classes: Uint8Array,
  width: number,
): { next: Uint32Array; accepting: number } {
  const nodes: Node[] = [
    { children: new Map([[1, 1]]), fail: 0, isEnd: false },
    { children: new Map(), fail: 0, isEnd: true },
  ]
  for (const word of words) {
    let at = 0
    for (const character of fold(word)) {
      const step = classes[character.charCodeAt(0)] ?? 0
      const known = nodes[at]?.children.get(step)
      if (known === undefined) {
        nodes.push({ children: new Map(), fail: 0, isEnd: false })
        nodes[at]?.children.set(step, nodes.length - 1)
      }
      at = known ?? nodes.length - 1
    }
    const end = nodes[at]
    if (end) end.isEnd = true
  }
  const go = (from: number, step: number): number => {
    for (let at = from; ; at = nodes[at]?.fail ?? 0) {
      const to = nodes[at]?.children.get(step)
      if (to !== undefined) return to
      if (at === 0) return 0
    }
  }
  const order = [0]
  for (const at of order) {
    for (const [step, to] of nodes[at]?.children ?? []) {
      const child = nodes[to]
      if (!child) continue
      child.fail = at === 0 ? 0 : go(nodes[at]?.fail ?? 0, step)
      child.isEnd ||= nodes[child.fail]?.isEnd ?? false
      order.push(to)
    }
  }
  const sorted = [...order.filter((at) => !nodes[at]?.isEnd), ...order.filter((at) => nodes[at]?.isEnd)]
  const offsets = new Map(sorted.map((at, place) => [at, place * width]))
  const next = new Uint32Array(nodes.length * width)
  for (const at of sorted) {
    for (let step = 0; step < width; step++) next[(offsets.get(at) ?? 0) + step] = offsets.get(go(at, step)) ?? 0
  }
  return { next, accepting: sorted.filter((at) => !nodes[at]?.isEnd).length * width }
}
