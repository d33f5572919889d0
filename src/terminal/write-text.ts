import { disarm as disarmText, nameMarked } from '../domain/text.ts'
import { writeTime } from '../domain/write-time.ts'

/**
 * Text from anywhere as a terminal may show it, which obeys what it prints: no escape sequence survives, nor anything that moves the cursor or
 * the direction of reading. Line breaks stay.
 */
export function disarm(text: string): string {
  return disarmText(text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/\t/g, '  '))
}

/** Marked text as words: people by name, channels by id, times in the plan's zone. */
export function writeText(text: string, timezone: string): string {
  return disarm(nameMarked(text, (part) => writeTime(part, timezone)))
}

/** `03:05:12`, for lines that come one after another. */
export function writeClock(iso: string, timezone: string): string {
  return writeTime({ iso, style: 'second' }, timezone)
}
