import { Temporal } from 'temporal-polyfill'
import { SalvorError } from '../../domain/errors/fail.ts'
import { readDistance, type SaidTime, takeApart } from './said-time.ts'

/** Which day a bare `02:10` means: the last one that showed it (a beginning) or the next (a deadline). */
export type TimeLean = 'past' | 'ahead'

/** Longer than any time that somebody says. */
const LONGEST = 60
/** Clocks of people and machines differ a little, and a beginning may be typed as it happens. */
const GRACE_MS = 60_000

/**
 * Reads a time as people say it, in English or Korean: `02:10`, `yesterday 23:40`, `2:10 am`, `어제 오전 2시`, `30m ago`,
 * `2026-03-01 02:10 KST`, ISO 8601, `now`. Without a zone the wall clock of `zone` is meant. Answers ISO 8601 in UTC.
 * Throws `time_unreadable`, `time_never` and `time_twice` where a clock was set, and `time_ahead` for a past that has
 * not been yet.
 */
export function readTime(text: string, zone: string, now: Date, lean: TimeLean): string {
  const said = text.replace(/\s+/g, ' ').trim()
  if (said.length > LONGEST) throw new SalvorError('time_unreadable', { text: `${said.slice(0, LONGEST)}…` })
  const at = findInstant(said, zone, now, lean)
  if (lean === 'past' && at > now.getTime() + GRACE_MS) {
    throw new SalvorError('time_ahead', { text: said, seen: new Date(at).toISOString().replace(/:\d\d\.\d+Z$/, 'Z') })
  }
  return new Date(at).toISOString()
}

function findInstant(said: string, zone: string, now: Date, lean: TimeLean): number {
  if (/^(?:now|지금|방금)$/i.test(said)) return now.getTime()
  const distance = readDistance(said.toLowerCase())
  if (distance !== null) return now.getTime() + distance
  const taken = takeApart(said)
  if (!taken) throw new SalvorError('time_unreadable', { text: said })
  const { offsetMs } = taken
  const here = offsetMs === null ? zone : writeOffset(offsetMs)
  const today = openZone(now, here)
  const wall = chooseDay(taken, today, lean, said).toPlainDateTime(pickClock(taken))
  return place(wall, here, said)
}

function pickClock({ hour, minute, second }: SaidTime): Temporal.PlainTime {
  return Temporal.PlainTime.from({ hour, minute, second })
}

function openZone(now: Date, zone: string): Temporal.ZonedDateTime {
  try {
    return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone)
  } catch (cause) {
    throw new SalvorError('unexpected', { seen: `the plan's timezone "${zone}" does not exist` }, { cause })
  }
}

/** The day that is meant. A bare clock time takes the first that lies on the side it leans to, by the wall clock alone. */
function chooseDay(taken: SaidTime, today: Temporal.ZonedDateTime, lean: TimeLean, said: string): Temporal.PlainDate {
  const day = today.toPlainDate()
  if (taken.shift !== null) return day.add({ days: taken.shift })
  const clock = pickClock(taken)
  const now = today.add({ seconds: lean === 'past' ? 60 : 0 }).toPlainDateTime()
  const isOnSide = (one: Temporal.PlainDate) => {
    const order = Temporal.PlainDateTime.compare(one.toPlainDateTime(clock), now)
    return lean === 'past' ? order <= 0 : order > 0
  }
  const other = lean === 'past' ? -1 : 1
  if (taken.date === null) return isOnSide(day) ? day : day.add({ days: other })
  const { year, month, day: number } = taken.date
  try {
    const named = Temporal.PlainDate.from({ year: year ?? day.year, month, day: number }, { overflow: 'reject' })
    if (year !== null && year < 1970) throw new RangeError('before all clocks')
    return year !== null || isOnSide(named) ? named : named.add({ years: other })
  } catch (cause) {
    throw new SalvorError('time_unreadable', { text: said }, { cause })
  }
}

/** Never guesses where a clock was set: neither the hour that was left out nor the one that came twice. */
function place(wall: Temporal.PlainDateTime, zone: string, said: string): number {
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) return earlier.epochMilliseconds
  const shown = wall.toString({ smallestUnit: 'minute' }).replace('T', ' ')
  const [first, second] = [`${shown}${earlier.offset}`, `${shown}${later.offset}`]
  if (earlier.toPlainDateTime().equals(wall)) throw new SalvorError('time_twice', { text: said, zone, first, second })
  const clock = (one: Temporal.ZonedDateTime) => one.toPlainTime().toString({ smallestUnit: 'minute' })
  throw new SalvorError('time_never', { text: said, zone, before: clock(earlier), after: clock(later) })
}

function writeOffset(ms: number): string {
  const minutes = Math.abs(ms) / 60_000
  const two = (value: number) => String(value).padStart(2, '0')
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
