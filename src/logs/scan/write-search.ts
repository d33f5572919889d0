import { windowLength } from './choose-windows.ts'
import * as wasm from './wasm-code.ts'

/** Two groups of eight kinds of windows, one bit each. */
export const groups = 2
/** Values of half a byte. */
export const nibbles = 16
const hashFactor = 0x9e3779b1 | 0
const newline = 10
const step = 16

/** A number of 16 bits for the four bytes of a window. */
export function hashWindow(window: Uint8Array): number {
  const four = window.reduce((so, byte, place) => so | (byte << (8 * place)), 0)
  return Math.imul(four, hashFactor) >>> 16
}

/**
 * A function of [from, to) in its memory, which begins with the tables. For each line in which a window may stand it
 * writes a pair behind `output` + 8, the place of the window (counted from `from`) and that of the line; the number of
 * lines goes to `output`, and behind it whether there is a zero. It returns where it stopped writing.
 */
export function writeSearch(of: {
  readonly bitmap: number
  readonly output: number
  readonly pages: number
}): Uint8Array<ArrayBuffer> {
  const { get, set, number } = wasm
  const locals: number[] = []
  const local = (type: number) => 2 + locals.push(type) - 1
  const [from, to] = [0, 1]
  const [at, out, lines, last, newlines, hits, bit, hash, place] = [
    ...[local(wasm.i32), local(wasm.i32), local(wasm.i32), local(wasm.i32), local(wasm.i32)],
    ...[local(wasm.i32), local(wasm.i32), local(wasm.i32), local(wasm.i32)],
  ] as const
  const [raw, shifted, low, high] = [local(wasm.v128), local(wasm.v128), local(wasm.v128), local(wasm.v128)] as const
  const [fifteen, newlineBytes, zeros] = [local(wasm.v128), local(wasm.v128), local(wasm.v128)] as const
  const matches = Array.from({ length: groups }, () => local(wasm.v128))
  const tables = Array.from({ length: groups * windowLength * 2 }, () => local(wasm.v128))

  /** Kinds of one group that allow the byte at a place of the window, for sixteen windows. */
  const allow = (group: number, place: number): wasm.Code => {
    const table = (group * windowLength + place) * 2
    return wasm.andVector(
      wasm.pick(get(tables[table] ?? 0), get(low)),
      wasm.pick(get(tables[table + 1] ?? 0), get(high)),
    )
  }
  const lookAt = (place: number): wasm.Code => [
    ...(place === 0 ? [] : set(shifted, wasm.loadVector(get(at), place))),
    ...set(low, wasm.andVector(get(place === 0 ? raw : shifted), get(fifteen))),
    ...set(high, wasm.shiftBytesRight(get(place === 0 ? raw : shifted), number(4))),
    ...matches.flatMap((match, group) =>
      set(match, place === 0 ? allow(group, 0) : wasm.andVector(get(match), allow(group, place))),
    ),
  ]
  const linesBefore = wasm.add(
    get(lines),
    wasm.countOnes(wasm.and(get(newlines), wasm.subtract(wasm.shiftLeft(number(1), get(bit)), number(1)))),
  )
  const writePair = [
    ...wasm.store(get(out), wasm.subtract(wasm.add(get(at), get(bit)), get(from))),
    ...wasm.store(get(out), get(place), 4),
    ...set(out, wasm.add(get(out), number(8))),
    ...set(last, get(place)),
  ]
  const lookCloser = [
    ...set(bit, wasm.countTrailingZeros(get(hits))),
    ...set(hits, wasm.and(get(hits), wasm.subtract(get(hits), number(1)))),
    ...set(
      hash,
      wasm.shiftRight(
        wasm.multiply(wasm.or(wasm.load(wasm.add(get(at), get(bit))), number(0x20202020)), number(hashFactor)),
        number(16),
      ),
    ),
    ...wasm.doIf(
      wasm.and(
        wasm.shiftRight(
          wasm.loadByte(wasm.shiftRight(get(hash), number(3)), of.bitmap),
          wasm.and(get(hash), number(7)),
        ),
        number(1),
      ),
      set(place, linesBefore),
      wasm.doIf(wasm.isZero(wasm.isSame(get(place), get(last))), writePair),
    ),
  ]
  const either = matches.map(get).reduce((one, other) => wasm.orVector(one, other))
  const body = [
    ...tables.flatMap((table, index) => set(table, wasm.loadVector(number(0), index * nibbles))),
    ...set(fifteen, wasm.fill(15)),
    ...set(newlineBytes, wasm.fill(newline)),
    ...set(at, get(from)),
    ...set(out, number(of.output + 8)),
    ...set(last, number(-1)),
    ...wasm.doIf(
      wasm.isBelow(get(at), get(to)),
      wasm.repeatWhile(
        wasm.isBelow(get(at), get(to)),
        set(raw, wasm.loadVector(get(at))),
        set(newlines, wasm.toBits(wasm.areSame(get(raw), get(newlineBytes)))),
        set(zeros, wasm.orVector(get(zeros), wasm.areSame(get(raw), wasm.fill(0)))),
        ...Array.from({ length: windowLength }, (_, place) => lookAt(place)),
        wasm.doIf(
          wasm.isAny(either),
          set(hits, wasm.toBits(wasm.differ(either, wasm.fill(0)))),
          wasm.repeatWhile(get(hits), lookCloser),
        ),
        set(lines, wasm.add(get(lines), wasm.countOnes(get(newlines)))),
        set(at, wasm.add(get(at), number(step))),
      ),
    ),
    ...wasm.store(number(of.output), get(lines)),
    ...wasm.store(number(of.output), wasm.isAny(get(zeros)), 4),
    ...get(out),
  ]
  return wasm.writeModule({ pages: of.pages, parameters: 2, locals, body })
}
