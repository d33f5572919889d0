import { open } from 'node:fs/promises'
import { createLineTime } from './port/read-line-time.ts'

/** Bytes at the head of a log in which its first timestamp is looked for. */
const headBytes = 64 * 1024

/**
 * The first time that a log names, as ISO 8601 in UTC: when the migration that wrote it began. Null when the file
 * cannot be read or names none. A time without an offset is wall clock of `timezone`.
 */
export async function readFirstTime(path: string, timezone: string): Promise<string | null> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      const readTime = createLineTime(timezone, (await file.stat()).mtimeMs)
      for (const line of buffer.toString('latin1', 0, bytesRead).split('\n')) {
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
