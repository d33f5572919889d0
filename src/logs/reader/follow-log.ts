import type { LogFileState, LogFiles, OpenLogFile } from '../../ports/log-files.ts'
import type { LogPiece } from './log-piece.ts'
import { chunkSize } from './read-log.ts'
import { findPredecessors } from './rotated-files.ts'

/** Bytes at the beginning that tell whether a file of the same inode is still the same log. */
const headSize = 1024

export interface FollowLogOptions {
  /** `end`: only what comes from now on. */
  readonly from: 'start' | 'end'
  readonly signal: AbortSignal
  /** Waits between looks; resolves early when the signal aborts. */
  readonly wait: () => Promise<void>
}

/**
 * Follows a log as it grows, until the signal aborts. Rotation is told by device and inode, and the old file is read to
 * its end first; truncation by its size or by other first bytes, and copytruncate by a predecessor that begins with
 * what this file began with. Waits for a file that does not exist yet. Nothing is read faster than it is asked for.
 */
export async function* followLog(files: LogFiles, path: string, options: FollowLogOptions): AsyncGenerator<LogPiece> {
  let held: Held | null = null
  let isFirst = true
  try {
    while (!options.signal.aborted) {
      if (held === null) {
        const file = await files.open(path)
        if (file)
          held = {
            file,
            offset: isFirst && options.from === 'end' ? file.state.size : 0,
            head: await readHead(file, headSize),
          }
        isFirst = false
        if (!file) {
          await options.wait()
          continue
        }
      }
      if (held === null) continue
      const now = await files.find(path)
      if (now !== null && !isSame(now, held.file.state)) {
        yield* readOn(held)
        await held.file.close()
        held = null
        yield { note: { kind: 'rotated', path, mayMissLines: false } }
        continue
      }
      if (now !== null && (now.size < held.offset || !(await beginsAsBefore(held)))) {
        const kind = (await wasCopied(files, path, held.head)) ? 'copytruncated' : 'truncated'
        held = { file: held.file, offset: 0, head: await readHead(held.file, headSize) }
        yield { note: { kind, path, mayMissLines: true } }
      }
      const before: number = held.offset
      yield* readOn(held)
      if (held.head.length < headSize) held.head = await readHead(held.file, headSize)
      if (held.offset === before) await options.wait()
    }
  } finally {
    await held?.file.close()
  }
}

interface Held {
  readonly file: OpenLogFile
  offset: number
  head: Buffer
}

async function* readOn(held: Held): AsyncGenerator<LogPiece> {
  for (;;) {
    const bytes = await held.file.read(held.offset, chunkSize)
    if (bytes.length === 0) return
    held.offset += bytes.length
    yield { bytes }
  }
}

function isSame(one: LogFileState, other: LogFileState): boolean {
  return one.device === other.device && one.inode === other.inode
}

async function readHead(file: OpenLogFile, length: number): Promise<Buffer> {
  return length === 0 ? Buffer.alloc(0) : Buffer.from(await file.read(0, length))
}

async function beginsAsBefore(held: Held): Promise<boolean> {
  return held.head.equals(await readHead(held.file, held.head.length))
}

/** Whether the newest predecessor begins with what the emptied file began with. */
async function wasCopied(files: LogFiles, path: string, head: Buffer): Promise<boolean> {
  const newest = findPredecessors(path, await files.listBeside(path))
    .filter((name) => !name.endsWith('.gz'))
    .at(-1)
  if (newest === undefined || head.length === 0) return false
  const file = await files.open(newest)
  if (file === null) return false
  try {
    return head.equals(await readHead(file, head.length))
  } finally {
    await file.close()
  }
}
