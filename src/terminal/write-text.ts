import { disarm as disarmText, splitText } from '../domain/text.ts'

/**
 * Text from anywhere as a terminal may show it, which obeys what it prints: no escape sequence survives, nor anything that moves the cursor or
 * the direction of reading. Line breaks stay.
 */
export function disarm(text: string): string {
  return disarmText(text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/\t/g, '  '))
}

/** Marked text as words: people by name, channels by id, times in the plan's zone. */
export function writeText(text: string, timezone: string): string {
  const words = splitText(text).map((part) => {
    if (part.kind === 'plain') return part.text
    if (part.kind === 'channel') return `#${part.channel}`
    return part.kind === 'person' ? `@${part.person}` : writeTime(part.iso, part.style, timezone)
  })
  return disarm(words.join(''))
}

/** `03:05:12`, for lines that come one after another. */
export function writeClock(iso: string, timezone: string): string {
  return format(iso, timezone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
}

function writeTime(iso: string, style: 'clock' | 'date' | 'both', timezone: string): string {
  const date = { day: 'numeric', month: 'short' } as const
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const
  return format(iso, timezone, { clock, date, both: { ...date, ...clock } }[style])
}

function format(iso: string, timezone: string, fields: Intl.DateTimeFormatOptions): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return new Intl.DateTimeFormat('en-GB', { ...fields, timeZone: timezone }).format(at)
}
