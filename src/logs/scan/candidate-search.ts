import { chooseWindows, windowLength } from './choose-windows.ts'
import { groups, hashWindow, nibbles, writeSearch } from './write-search.ts'

/** Where things stand in the module's memory: tables, then a bit for each hash, the number of lines, pairs, the block. */
const bitmap = 1 << 10
const output = 1 << 16
/** In the upper half of a byte. */
const caseBit = 2
/** Bytes behind the block that are read with it, and what stands there: no part of any word. */
const margin = 32
const filler = 0x7f

/** What the types of Node leave out of the language's globals. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Looks through [from, to) of the memory; returns behind which byte of the output it stopped writing. */
  run(from: number, to: number): number
}

/** Lines of a block that may hold a word. */
export interface Candidates {
  /** Lines in the block: newlines. */
  lines: number
  /** Whether it holds a NUL. */
  hasNul: boolean
  count: number
  /** Pairs: an offset at or behind the first window of the line, and the line's place among the block's. */
  pairs: Int32Array
}

/**
 * Finds lines that may hold one of the words, whatever their case, by four bytes of each: sixteen places at once by
 * tables of half-bytes (the idea of Hyperscan's Teddy, Wang et al., NSDI 2019), and what passes them by a hash. Says
 * yes to every line with a word and to few others. Blocks have at most `blockSize` bytes.
 */
export function createCandidateSearch(
  words: readonly string[],
  blockSize: number,
): (block: Uint8Array, into: Candidates) => void {
  const windows = chooseWindows(words)
  // A pair of numbers for each line: there cannot be more than bytes.
  const input = output + 8 * (blockSize + 1)
  const { exports } = new WebAssembly.Instance(
    new WebAssembly.Module(writeSearch({ bitmap, output, pages: Math.ceil((input + blockSize + margin) / 65_536) })),
  )
  const { memory, run } = exports as Exports
  const bytes = new Uint8Array(memory.buffer)
  bytes.set(makeTables(windows))
  bytes.set(makeBitmap(windows), bitmap)
  const pairs = new Int32Array(memory.buffer, output + 8)
  const said = new Int32Array(memory.buffer, output, 2)
  return (block, into) => {
    bytes.set(block, input)
    bytes.fill(filler, input + block.length, input + block.length + margin)
    into.count = (run(input, input + block.length) - output - 8) / 8
    into.lines = said[0] ?? 0
    into.hasNul = said[1] === 1
    into.pairs = pairs
  }
}

/** For each group, place in the window and half of a byte: which kinds of windows have which half-bytes there. */
function makeTables(windows: readonly Uint8Array[]): Uint8Array {
  const made = new Uint8Array(groups * windowLength * 2 * nibbles)
  const kinds = groups * 8
  for (const [index, window] of windows.entries()) {
    const kind = Math.floor((index * kinds) / windows.length)
    for (const [place, byte] of window.entries()) {
      const at = ((kind >> 3) * windowLength + place) * 2 * nibbles
      const bit = 1 << (kind & 7)
      made[at + (byte & 15)] = (made[at + (byte & 15)] ?? 0) | bit
      // Cases differ in the upper half only: either will do.
      for (const upper of [byte >> 4, (byte >> 4) & ~caseBit])
        made[at + nibbles + upper] = (made[at + nibbles + upper] ?? 0) | bit
    }
  }
  return made
}

/** 65,536 bits by the hash of four bytes. */
function makeBitmap(windows: readonly Uint8Array[]): Uint8Array {
  const made = new Uint8Array(8_192)
  for (const window of windows) {
    const hash = hashWindow(window)
    made[hash >> 3] = (made[hash >> 3] ?? 0) | (1 << (hash & 7))
  }
  return made
}
