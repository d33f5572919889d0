/** Bytes of a line that are kept: its head and its tail, half each. */
export const lineCap = 64 * 1024
const half = lineCap / 2
const cut = Buffer.from(' [...] ', 'latin1')
const newline = 10
const carriageReturn = 13

/**
 * Called for every line: its bytes as latin1 (one character a byte, for scanning; `decodeLine` makes text of it) and
 * its number, beginning with one. Parts that a carriage return separates come one by one with the same number.
 */
export type OnLine = (raw: string, number: number) => void

export interface LineSplitter {
  push(chunk: Buffer): void
  /** Gives out what stands after the last newline. */
  end(): void
}

/**
 * Splits bytes into lines with memory for one line of at most 64 KiB, whatever comes. Longer ones keep head and tail.
 * NUL bytes (of sparse files, of UTF-16) are dropped; a carriage return ends what a progress bar rewrote.
 */
export function createLineSplitter(onLine: OnLine): LineSplitter {
  let number = 0
  let head: Buffer | null = null
  let tail: Buffer = Buffer.alloc(0)
  let isCut = false

  function emit(line: Buffer, from: number, to: number, mayHoldOthers: boolean): void {
    number += 1
    if (to - from <= lineCap) give(line.toString('latin1', from, to), mayHoldOthers)
    else
      give(
        `${line.toString('latin1', from, from + half)}${cut.toString('latin1')}${line.toString('latin1', to - half, to)}`,
        true,
      )
  }

  function give(raw: string, mayHoldOthers: boolean): void {
    if (!mayHoldOthers) {
      onLine(raw, number)
      return
    }
    const text = raw.includes('\0') ? raw.replaceAll('\0', '') : raw
    if (!text.includes('\r')) onLine(text, number)
    else for (const part of text.split('\r')) if (part !== '') onLine(part, number)
    if (/^\r+$/.test(text)) onLine('', number)
  }

  function keep(part: Buffer): void {
    if (head === null) {
      head = Buffer.from(part.length > lineCap ? part.subarray(0, half) : part)
      isCut = part.length > lineCap
      tail = isCut ? Buffer.from(part.subarray(-half)) : Buffer.alloc(0)
      return
    }
    const joined = Buffer.concat([isCut ? tail : head, part])
    if (!isCut && joined.length <= lineCap) {
      head = joined
      return
    }
    if (!isCut) head = Buffer.from(joined.subarray(0, half))
    isCut = true
    tail = Buffer.from(joined.subarray(-half))
  }

  function finishKept(): void {
    if (head === null) return
    const line = isCut ? Buffer.concat([head, cut, tail]) : head
    head = null
    number += 1
    give(line.toString('latin1'), true)
  }

  return {
    push(chunk) {
      let from = 0
      const mayHoldOthers = chunk.indexOf(carriageReturn) !== -1 || chunk.indexOf(0) !== -1
      for (;;) {
        const at = chunk.indexOf(newline, from)
        if (at === -1) break
        if (head === null) emit(chunk, from, at, mayHoldOthers)
        else {
          keep(chunk.subarray(from, at))
          finishKept()
        }
        from = at + 1
      }
      if (from < chunk.length) keep(chunk.subarray(from))
    },
    end: finishKept,
  }
}
