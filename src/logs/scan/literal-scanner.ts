import { buildAutomaton } from './build-automaton.ts'
import { type Candidates, createCandidateSearch } from './candidate-search.ts'

/** Finds lines that hold any of many short words, upper and lower case alike. */
export interface LiteralScanner {
  /** Looks through bytes that hold whole lines only, at most as many as a block has. */
  findLines(bytes: Buffer, found: FoundLines): void
}

/** What was found, reused from block to block. */
export interface FoundLines {
  /** Lines in the block. */
  lines: number
  /** Whether the block holds a NUL: then what was found is not to be used. */
  hasNul: boolean
  /** Lines that hold a word. */
  count: number
  /** For each of those an offset within it, ascending. */
  offsets: Int32Array
  /** For each of those its place among the block's lines, beginning with zero. */
  places: Int32Array
}

/** Room for findings; it grows with what is found. */
export function makeRoom(): FoundLines {
  return { lines: 0, hasNul: false, count: 0, offsets: new Int32Array(0), places: new Int32Array(0) }
}

const newline = 10

/**
 * Words are latin1: characters stand for bytes. Each has at least four, none is a newline; at most 250 different ones
 * (case aside). Lines that may hold a word are found first, sixteen bytes at a time; an automaton then decides.
 */
export function createLiteralScanner(words: readonly string[], blockSize: number): LiteralScanner {
  const search = createCandidateSearch(words, blockSize)
  const { classes, next, accepting } = buildAutomaton(words)
  const longest = Math.max(...words.map(({ length }) => length))
  const candidates: Candidates = { lines: 0, hasNul: false, count: 0, pairs: new Int32Array(0) }

  /** Where the first word of a line ends that does not begin more than a word's length before `at`; -1 without one. */
  function findWord(bytes: Buffer, at: number): number {
    let from = at
    while (from > 0 && at - from < longest && bytes[from - 1] !== newline) from -= 1
    let state = 0
    for (; from < bytes.length; from++) {
      state = next[state + (classes[bytes[from] as number] as number)] as number
      if (state >= accepting) return bytes[from] === newline ? -1 : from
    }
    return -1
  }

  return {
    findLines(bytes, found) {
      search(bytes, candidates)
      found.lines = candidates.lines
      found.hasNul = candidates.hasNul
      found.count = 0
      if (found.offsets.length < candidates.count) {
        found.offsets = new Int32Array(2 * candidates.count)
        found.places = new Int32Array(2 * candidates.count)
      }
      for (let index = 0; index < 2 * candidates.count; index += 2) {
        const end = findWord(bytes, candidates.pairs[index] as number)
        if (end < 0) continue
        found.offsets[found.count] = end
        found.places[found.count++] = candidates.pairs[index + 1] as number
      }
    },
  }
}
