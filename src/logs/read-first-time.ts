import { open } from 'node:fs/promises'
import { createLineTime } from './port/read-line-time.ts'

/** Bytes at either end of a log in which a timestamp is looked for. */
const partBytes = 64 * 1024

/**
 * The first time that a log names, as ISO 8601 in UTC: when the migration that wrote it began. Null when the file
 * cannot be read or names none. A time without an offset is wall clock of `timezone`.
 */
export function readFirstTime(path: string, timezone: string): Promise<string | null> {
  return findTime(path, timezone, 'head')
}

/** The last time that it names, likewise: when the migration had ended. */
export function readLastTime(path: string, timezone: string): Promise<string | null> {
  return findTime(path, timezone, 'tail')
}

async function findTime(path: string, timezone: string, part: 'head' | 'tail'): Promise<string | null> {
  try {
    const file = await open(path)
    try {
      const { size, mtimeMs } = await file.stat()
      const from = part === 'head' ? 0 : Math.max(0, size - partBytes)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(partBytes), 0, partBytes, from)
      const readTime = createLineTime(timezone, mtimeMs)
      const lines = buffer.toString('latin1', 0, bytesRead).split('\n')
      for (const line of part === 'head' ? lines : lines.reverse()) {
        const at = readTime(line)
        if (at !== null) return new Date(at).toISOString()
      }
      return null
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}
