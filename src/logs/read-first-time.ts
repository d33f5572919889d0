import { open } from 'node:fs/promises'

/** Bytes at the head of a log in which its first timestamp is looked for. */
const headBytes = 64 * 1024

/** `2026-03-01 02:10:07.123 UTC`, ISO 8601 with T, offset or zone name; the day first forms of other tools are left alone. */
const stamp = /(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,6}))?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?/

/**
 * The first time that a log names, as ISO 8601 in UTC: when the migration that wrote it began. Null when the file
 * cannot be read or names none. A time without an offset is read through `toUtc` (the plan's timezone).
 */
export async function readFirstTime(path: string, toUtc: (local: string) => string): Promise<string | null> {
  let text: string
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      text = buffer.toString('latin1', 0, bytesRead)
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
  const match = stamp.exec(text)
  if (!match) return null
  const [, day, time, fraction = '0', zone] = match
  const local = `${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}`
  if (zone === undefined) return toUtc(local)
  const offset = zone === 'Z' || zone === 'UTC' || zone === 'GMT' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  const parsed = new Date(`${local}${offset}`)
  return Number.isNaN(parsed.getTime()) ? null : parsed.toISOString()
}
