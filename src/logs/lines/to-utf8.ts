import { isUtf8 } from 'node:buffer'
import { decodeLegacy } from './legacy-text.ts'

/** Turns the bytes of one log into UTF-8, whatever it was written in. */
export interface Utf8Stage {
  /** What of these bytes can be read already. The buffers may be the ones given. */
  push(chunk: Buffer): readonly Buffer[]
  end(): readonly Buffer[]
  /** Lines so far that look like no encoding that is known: what they say was not read. */
  unread(): number
  /** Encodings so far other than UTF-8. */
  encodings(): readonly string[]
}

/** Bytes by which UTF-16 is told. */
const sampleSize = 4_096
/** A line that is longer is decoded in pieces. */
const longestRest = 1 << 20
/** Lines that looked like nothing known, and none that did, after which no more are tried. */
const triedCap = 500
/** Bytes of the longest mark. */
const markSize = 3
const newline = 10
const noBytes: readonly Buffer[] = []

/**
 * UTF-16 is told by its mark or by its zeros, other encodings line by line by what the text looks like decoded. UTF-8,
 * as nearly all logs are, is only looked at: pieces of it are handed on as they are.
 */
export function createUtf8Stage(): Utf8Stage {
  const encodings = new Set<string>()
  let utf16: InstanceType<typeof TextDecoder> | null | undefined
  let last: string | null = null
  let unread = 0
  let rest: Buffer | null = null

  function recode(piece: Buffer): Buffer {
    const lines: Buffer[] = []
    let kept = 0
    for (let from = 0; from < piece.length; ) {
      const end = piece.indexOf(newline, from)
      const stop = end < 0 ? piece.length : end + 1
      const line = piece.subarray(from, stop)
      const made = recodeLine(line)
      if (made !== line) {
        lines.push(piece.subarray(kept, from), made)
        kept = stop
      }
      from = stop
    }
    return lines.length === 0 ? piece : Buffer.concat([...lines, piece.subarray(kept)])
  }

  function recodeLine(line: Buffer): Buffer {
    if (isUtf8(line)) return line
    const found = last === null && unread >= triedCap ? null : decodeLegacy(line, last)
    if (found === null) {
      unread += 1
      return line
    }
    last = found.encoding
    encodings.add(found.encoding)
    return Buffer.from(found.text, 'utf8')
  }

  function takeRest(chunk: Buffer): Buffer {
    const bytes = rest === null ? chunk : Buffer.concat([rest, chunk])
    rest = null
    return bytes
  }

  function begin(chunk: Buffer): Buffer {
    const found = findUtf16(chunk.subarray(0, sampleSize))
    utf16 = found === null ? null : new TextDecoder(found)
    if (found !== null) encodings.add(found)
    return chunk.length >= 3 && chunk.readUIntBE(0, 3) === 0xefbbbf ? chunk.subarray(3) : chunk
  }

  return {
    push(given) {
      if (given.length === 0) return noBytes
      if (utf16 === undefined && (rest?.length ?? 0) + given.length < markSize) {
        rest = Buffer.concat([rest ?? Buffer.alloc(0), given])
        return noBytes
      }
      const chunk = utf16 === undefined ? begin(takeRest(given)) : given
      if (utf16) return [Buffer.from(utf16.decode(chunk, { stream: true }), 'utf8')]
      const bytes = takeRest(chunk)
      if (isUtf8(bytes)) return [bytes]
      const stop = bytes.lastIndexOf(newline) + 1
      const whole = bytes.subarray(0, stop)
      const begun = bytes.subarray(stop)
      const passed = stop === 0 ? [] : [isUtf8(whole) ? whole : recode(whole)]
      if (isUtf8(begun)) return [...passed, begun]
      if (begun.length > longestRest) return [...passed, recode(begun)]
      // Its end may show that it is only a character that was cut.
      rest = Buffer.from(begun)
      return passed
    },
    end() {
      const tail = utf16 ? Buffer.from(utf16.decode(), 'utf8') : rest && recode(rest)
      rest = null
      return tail && tail.length > 0 ? [tail] : noBytes
    },
    unread: () => unread,
    encodings: () => [...encodings],
  }
}

/** By its mark, or by where its zeros stand: half of what is ASCII are zeros, all on one side. */
function findUtf16(sample: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (sample.length < 2) return null
  const mark = sample.readUInt16BE(0)
  if (mark === 0xfffe) return 'utf-16le'
  if (mark === 0xfeff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const many = sample.length / 10
  if (odd > many && even < odd / 20) return 'utf-16le'
  return even > many && odd < even / 20 ? 'utf-16be' : null
}
