import { findInstant } from '../../engine/say/zone-time.ts'

/** Where a header can be: a time further behind is part of the message. */
const headLength = 300
const iso = /\b(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?/
const epoch = /"(?:time|ts|timestamp|__REALTIME_TIMESTAMP)"\s?:\s?"?(\d{10}(?:\d{3}){0,2})\b/
const syslog = /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})\b/
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const dayMs = 86_400_000

/**
 * Reads the time at the head of a line, in milliseconds since 1970; null where it has none. A time without an offset
 * is wall clock of `timezone`; one without a year is the last one before `now`.
 */
export function createLineTime(timezone: string, now: number): (head: string) => number | null {
  const toInstant = (year: number, month: number, parts: readonly (string | undefined)[]) => {
    const [day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number)
    return findInstant({ year, month, day, hour, minute, second }, timezone)
  }
  // Neighbours bear the same second more often than not.
  let lastSecond = ''
  let lastInstant: number | null = null
  const readDated = (dated: RegExpExecArray): number | null => {
    const [, year, month, day, hour, minute, second, fraction = '', zone] = dated
    const key = `${year}-${month}-${day}T${hour}:${minute}:${second}${zone ?? ''}`
    if (key !== lastSecond) {
      lastSecond = key
      lastInstant =
        zone === undefined
          ? toInstant(Number(year), Number(month), [day, hour, minute, second])
          : toNumber(Date.parse(key.replace(/ ?(?:UTC|GMT)$/, 'Z').replace(/([+-]\d{2})(\d{2})$/, '$1:$2')))
    }
    return lastInstant === null ? null : lastInstant + Number(fraction.padEnd(3, '0').slice(0, 3))
  }
  return (line) => {
    const head = line.slice(0, headLength)
    const dated = iso.exec(head)
    if (dated) return readDated(dated)
    const counted = epoch.exec(head)?.[1]
    if (counted !== undefined) return Number(counted.slice(0, 13).padEnd(13, '0'))
    const short = syslog.exec(head)
    if (!short) return null
    const [, month = '', ...rest] = short
    const year = new Date(now).getUTCFullYear()
    const thisYear = toInstant(year, months.indexOf(month) + 1, rest)
    if (thisYear === null || thisYear <= now + dayMs) return thisYear
    return toInstant(year - 1, months.indexOf(month) + 1, rest)
  }
}

function toNumber(instant: number): number | null {
  return Number.isNaN(instant) ? null : instant
}
