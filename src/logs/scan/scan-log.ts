import { cutLine, joinCut } from '../lines/cut-line.ts'
import { createLiteralScanner, type FoundLines, type LiteralScanner, makeRoom } from './literal-scanner.ts'
import { createNamingLines, type NamingLines } from './naming-lines.ts'
import { tellingWords } from './telling-words.ts'

/** Lines before a telling one that can be asked for. */
const beforeCap = 4
const newline = 10
/** Bytes of a line that needs no cutting. */
const plainLength = 60_000
/** The largest piece that is looked through at once. */
const blockSize = 1 << 20

export interface ScannedLine {
  /** Latin1: one character a byte. */
  readonly raw: string
  /** Beginning with one; parts between bare carriage returns share it. */
  readonly number: number
}

/** Up to four lines before one that were not given out, and in front of them what names the step. */
export interface LinesBefore {
  find(): readonly ScannedLine[]
  /** What can be asked for when the bytes are gone: the nearest lines, and apart from them those that name the step. */
  keep(): KeptLines
}

export interface KeptLines {
  readonly nearest: readonly ScannedLine[]
  findNaming(): readonly ScannedLine[]
}

export interface LogScanHandler {
  /** A line that holds a telling word, or any line while `wantsAll()`. */
  onLine(raw: string, number: number, isTelling: boolean, before: LinesBefore): void
  /** Whether lines that tell nothing are wanted too: those of an event that is not over. */
  wantsAll(): boolean
  /** The bytes behind `before` are about to go: what is wanted of them must be kept now. */
  onBlockEnd?(): void
}

export interface LogScan {
  push(chunk: Buffer): void
  end(): void
  /** Lines that have ended so far. */
  countLines(): number
}

/** Made with the first log: compiling it takes longer than all else that a process loads of this room. */
let scanner: LiteralScanner | undefined

/** Passes over a log's bytes in blocks of whole lines, and gives out only the lines that may matter. */
export function scanLog(handler: LogScanHandler): LogScan {
  let carry: Buffer | null = null
  let lines = 0
  let remembered: ScannedLine[] = []
  const found: FoundLines = makeRoom()
  const naming = createNamingLines()
  scanner ??= createLiteralScanner(tellingWords, blockSize)
  const { findLines } = scanner

  /** Looks through bytes that hold whole lines, newlines included. */
  function passBlock(given: Buffer): void {
    findLines(given, found)
    const block = found.hasNul ? dropNul(given) : given
    if (found.hasNul) findLines(block, found)
    let next = 0
    let place = 0
    let start = 0
    const view: View = { block, behind: remembered, naming }
    while (start < block.length) {
      const wantsAll = handler.wantsAll()
      if (!wantsAll) {
        if (next >= found.count) break
        const at = found.offsets[next] as number
        place = found.places[next] as number
        start = at === 0 ? 0 : block.lastIndexOf(newline, at - 1) + 1
      }
      const end = Math.min(block.length, findNewline(block, start))
      const isTelling = next < found.count && (found.places[next] as number) === place
      give(block, start, end, lines + place + 1, isTelling, new Above(view, start, lines + place, wantsAll))
      if (isTelling) next += 1
      start = end + 1
      place += 1
    }
    handler.onBlockEnd?.()
    lines += found.lines
    naming.endBlock(block, lines)
    remembered = [...remembered, ...lookBack(block, block.length, lines, beforeCap)].slice(-beforeCap)
  }

  function give(
    block: Buffer,
    from: number,
    to: number,
    number: number,
    isTelling: boolean,
    before: LinesBefore,
  ): void {
    const raw = to - from <= plainLength ? block.toString('latin1', from, to) : cutLine(block.subarray(from, to))
    if (!raw.includes('\r')) {
      handler.onLine(raw, number, isTelling, before)
      return
    }
    for (const part of raw.split('\r')) if (part !== '') handler.onLine(part, number, isTelling, before)
    if (/^\r+$/.test(raw)) handler.onLine('', number, isTelling, before)
  }

  function pushPiece(piece: Buffer): void {
    let from = 0
    if (carry !== null) {
      const end = piece.indexOf(newline)
      carry = joinCut(carry, dropAnyNul(end === -1 ? piece : piece.subarray(0, end)))
      if (end === -1) return
      const line = Buffer.concat([carry, Buffer.from('\n')])
      carry = null
      passBlock(line)
      from = end + 1
    }
    const last = piece.lastIndexOf(newline)
    if (last >= from) passBlock(piece.subarray(from, last + 1))
    const rest = dropAnyNul(piece.subarray(Math.max(from, last + 1)))
    if (rest.length > 0) carry = joinCut(Buffer.alloc(0), rest)
  }

  return {
    push(chunk) {
      for (let at = 0; at < chunk.length; at += blockSize) pushPiece(chunk.subarray(at, at + blockSize))
    },
    end() {
      if (carry === null) return
      const line = Buffer.concat([carry, Buffer.from('\n')])
      carry = null
      passBlock(line)
    },
    countLines: () => lines,
  }
}

/** What lines before another are found in. */
interface View {
  readonly block: Buffer
  readonly behind: readonly ScannedLine[]
  readonly naming: NamingLines
}

/** One is made for each line that is given out, and hardly any is asked: a class, because that is one object and no more. */
class Above implements LinesBefore {
  private readonly view: View
  private readonly to: number
  private readonly number: number
  private readonly wantsAll: boolean

  constructor(view: View, to: number, number: number, wantsAll: boolean) {
    this.view = view
    this.to = to
    this.number = number
    this.wantsAll = wantsAll
  }

  find(): readonly ScannedLine[] {
    const { block, naming } = this.view
    const nearest = this.findNearest()
    return [...dropNearest(naming.find(block, this.to, this.number), nearest), ...nearest]
  }

  keep(): KeptLines {
    const { block, naming } = this.view
    const nearest = this.findNearest()
    const find = naming.keep(block, this.to, this.number)
    return { nearest, findNaming: () => dropNearest(find(), nearest) }
  }

  /** While all lines are given out, only what names the step may be missing. */
  private findNearest(): readonly ScannedLine[] {
    const { block, behind } = this.view
    if (this.wantsAll) return []
    return [...behind, ...lookBack(block, this.to, this.number, beforeCap)].slice(-beforeCap)
  }
}

function dropNearest(naming: readonly ScannedLine[], nearest: readonly ScannedLine[]): readonly ScannedLine[] {
  const first = nearest[0]?.number ?? Number.POSITIVE_INFINITY
  return naming.filter((line) => line.number < first)
}

/** The last lines before an offset that begins a line, the nearest last; `number` is the number of the nearest. */
function lookBack(block: Buffer, to: number, number: number, most: number): ScannedLine[] {
  const found: ScannedLine[] = []
  let end = to - 1
  for (let back = 0; back < most && end >= 0; back++) {
    const start = end === 0 ? 0 : block.lastIndexOf(newline, end - 1) + 1
    const raw = cutLine(block.subarray(start, end))
    // What a progress bar left standing.
    const shown = raw.includes('\r') ? (raw.split('\r').findLast((part) => part !== '') ?? '') : raw
    found.unshift({ raw: shown, number: number - back })
    end = start - 1
  }
  return found
}

function findNewline(block: Buffer, from: number): number {
  const end = block.indexOf(newline, from)
  return end === -1 ? block.length : end
}

/** Of the beginning of a line, before it is cut: what it holds of text must not go for zeros. */
function dropAnyNul(bytes: Buffer): Buffer {
  return bytes.includes(0) ? dropNul(bytes) : bytes
}

const zeros = Buffer.alloc(4_096)

/** Sparse files and UTF-16 are full of them: the former have them in long runs, which are passed over at once. */
function dropNul(chunk: Buffer): Buffer {
  const kept = Buffer.allocUnsafe(chunk.length)
  let length = 0
  for (let at = 0; at < chunk.length; ) {
    const byte = chunk[at] as number
    if (byte !== 0) kept[length++] = byte
    at += byte === 0 && isRun(chunk, at) ? zeros.length : 1
  }
  return kept.subarray(0, length)
}

function isRun(chunk: Buffer, at: number): boolean {
  const end = at + zeros.length
  // Most single ones are told by their neighbours.
  return chunk[at + 1] === 0 && chunk[end - 1] === 0 && zeros.compare(chunk, at, end) === 0
}
