import { open, readdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { LogFileState, LogFiles } from '../../ports/log-files.ts'

/** Logs on this machine. */
export function createLocalLogFiles(): LogFiles {
  return {
    find: async (path) => {
      try {
        return toState(await stat(path, { bigint: true }))
      } catch (error) {
        return missing(error)
      }
    },
    async open(path) {
      try {
        const file = await open(path)
        return {
          state: toState(await file.stat({ bigint: true })),
          async read(offset, length, into = Buffer.allocUnsafe(length)) {
            const { buffer, bytesRead } = await file.read(into, 0, length, offset)
            return buffer.subarray(0, bytesRead)
          },
          close: () => file.close(),
        }
      } catch (error) {
        return missing(error)
      }
    },
    async listBeside(path) {
      try {
        return await readdir(dirname(path))
      } catch {
        return []
      }
    },
  }
}

function missing(error: unknown): null {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
  throw error
}

function toState(stats: {
  readonly dev: bigint
  readonly ino: bigint
  readonly size: bigint
  readonly mtimeMs: bigint
}): LogFileState {
  return {
    device: String(stats.dev),
    inode: String(stats.ino),
    size: Number(stats.size),
    modifiedAt: Number(stats.mtimeMs),
  }
}
