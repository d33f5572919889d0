import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { LogFiles } from '../../ports/log-files.ts'
import { createUtf8Stage, type Utf8Stage } from '../lines/to-utf8.ts'
import type { LogNote, LogPiece } from './log-piece.ts'
import { findPredecessors } from './rotated-files.ts'

/** Bytes that are read at once. */
export const chunkSize = 1 << 20
/** What a compressed predecessor may hold: a small file can unpack to a disk full. */
const unpackedCap = 4 * 2 ** 30

export interface ReadLogOptions {
  /** Predecessors to read before the log itself, the nearest ones; 0 without. */
  readonly predecessors?: number
  /** Bytes of one unpacked predecessor, 4 GiB unless told. */
  readonly unpackedCap?: number
}

/**
 * Reads a log from its beginning, rotated predecessors first, in pieces of at most 1 MiB and no faster than it is
 * asked. A newline is put between files that do not end with one. What is not UTF-8 is decoded; notes say so.
 */
export async function* readLog(files: LogFiles, path: string, options: ReadLogOptions = {}): AsyncGenerator<LogPiece> {
  const wanted = options.predecessors ?? 0
  const before = wanted === 0 ? [] : findPredecessors(path, await files.listBeside(path)).slice(-wanted)
  for (const one of [...before, path]) {
    let last: Buffer | null = null
    const stage = createUtf8Stage()
    try {
      for await (const piece of one.endsWith('.gz')
        ? unpack(readFile(files, one, makeBuffer), one, options.unpackedCap ?? unpackedCap)
        : toPieces(readFile(files, one, takeTurns(makeBuffer(), makeBuffer())))) {
        if ('note' in piece) yield piece
        else
          for (const bytes of stage.push(piece.bytes)) {
            last = bytes
            yield { bytes }
          }
      }
      for (const bytes of stage.end()) {
        last = bytes
        yield { bytes }
      }
    } catch {
      yield { note: { kind: 'unreadable', path: one, mayMissLines: true } }
    }
    if (last !== null && last.at(-1) !== 10 && one !== path) yield { bytes: Buffer.from('\n') }
    for (const note of noteEncoding(stage, one)) yield { note }
  }
}

/** What people should know of a log that was not UTF-8. */
export function noteEncoding(stage: Utf8Stage, path: string): readonly LogNote[] {
  const encodings = stage.encodings()
  const lines = stage.unread()
  return [
    ...(encodings.length > 0 ? [{ kind: 'recoded', path, mayMissLines: false, encodings } as const] : []),
    ...(lines > 0 ? [{ kind: 'undecoded', path, mayMissLines: true, lines } as const] : []),
  ]
}

function makeBuffer(): Buffer {
  return Buffer.allocUnsafeSlow(chunkSize)
}

/** One buffer is looked at while the other is filled: new ones cost as much as the reading itself. */
function takeTurns(one: Buffer, other: Buffer): () => Buffer {
  let isOne = false
  return () => {
    isOne = !isOne
    return isOne ? one : other
  }
}

async function* readFile(files: LogFiles, path: string, pick: () => Buffer): AsyncGenerator<Buffer> {
  const file = await files.open(path)
  if (file === null) throw new Error(`there is no ${path}`)
  // One piece ahead: the disk works while the one before is looked at.
  let next = file.read(0, chunkSize, pick())
  try {
    for (let offset = 0; ; ) {
      const bytes = await next
      if (bytes.length === 0) return
      offset += bytes.length
      next = file.read(offset, chunkSize, pick())
      // Its failure is met when its turn comes.
      next.catch(() => undefined)
      yield bytes
    }
  } finally {
    await next.catch(() => undefined)
    await file.close()
  }
}

async function* toPieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<LogPiece> {
  for await (const bytes of chunks) yield { bytes }
}

async function* unpack(chunks: AsyncIterable<Buffer>, path: string, cap: number): AsyncGenerator<LogPiece> {
  const source = Readable.from(chunks, { objectMode: false, highWaterMark: chunkSize })
  const gunzip = createGunzip({ chunkSize })
  source.once('error', (error) => gunzip.destroy(error))
  let length = 0
  try {
    for await (const bytes of source.pipe(gunzip) as AsyncIterable<Buffer>) {
      length += bytes.length
      if (length > cap) {
        yield { bytes: bytes.subarray(0, bytes.length - (length - cap)) }
        yield { note: { kind: 'too_long', path, mayMissLines: true } }
        return
      }
      yield { bytes }
    }
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}
