import { SalvorError } from '../../domain/errors/fail.ts'
import { findInstant, readWall, type WallTime, wallAsUtc } from './zone-time.ts'

/** Which day a bare `02:10` means: the last one that showed it (a beginning) or the next (a deadline). */
export type TimeLean = 'past' | 'ahead'

/**
 * Reads a time as people type it: `02:10`, `yesterday 23:40`, `2026-03-01 02:10`, ISO 8601 with an offset, `now`.
 * Without an offset the wall clock of `zone` is meant. Answers ISO 8601 in UTC; throws `time_unreadable`.
 */
export function readTime(text: string, zone: string, now: Date, lean: TimeLean): string {
  const said = text.trim()
  if (/^now$/i.test(said)) return now.toISOString()
  const match = timeShape.exec(said)
  if (!match?.groups) throw new SalvorError('time_unreadable', { text: said.slice(0, 60) })
  const { date, day, hour, minute, second, offset, dayAfter } = match.groups
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) }
  const place = offset === undefined ? { zone } : { offsetMs: readOffset(offset) }
  const today = wallAt(now.getTime(), place)
  const named = (day ?? dayAfter)?.toLowerCase()
  const days = date === undefined ? listDays(today, named, lean) : [readDate(date, said)]
  const instants = days.map((of) => instantAt({ ...of, ...clock }, place))
  // A bare clock time takes the first day that lies on the side it leans to; a minute of grace for `--began` typed as it happens.
  const isOnSide = (at: number) => (lean === 'past' ? at <= now.getTime() + 60_000 : at > now.getTime())
  const chosen = instants.length === 1 ? instants[0] : instants.find((at) => at !== null && isOnSide(at))
  if (chosen === undefined || chosen === null) {
    throw new SalvorError('time_unreadable', { text: `${said}, which no clock in ${zone} shows that day` })
  }
  return new Date(chosen).toISOString()
}

const timeShape =
  /^(?:(?<date>\d{4}-\d{2}-\d{2})[ t]\s*|(?<day>today|yesterday|tomorrow)\s+)?(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.\d{1,6})?)?\s*(?<offset>z|utc|gmt|[+-](?:0\d|1[0-4]):?(?:[0-5]\d)?)?(?:\s+(?<dayAfter>today|yesterday|tomorrow))?$/i

type Place = { readonly zone: string } | { readonly offsetMs: number }
type Day = Pick<WallTime, 'year' | 'month' | 'day'>

function listDays(today: WallTime, named: string | undefined, lean: TimeLean): Day[] {
  const shifted = { yesterday: -1, today: 0, tomorrow: 1 }[named ?? '']
  if (shifted !== undefined) return [addDays(today, shifted)]
  return [addDays(today, 0), addDays(today, lean === 'past' ? -1 : 1)]
}

function addDays(from: Day, days: number): Day {
  const at = new Date(Date.UTC(from.year, from.month - 1, from.day + days))
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() }
}

function readDate(date: string, said: string): Day {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const real = addDays({ year, month, day }, 0)
  // Date.UTC rolls 30 February over into March; a person who typed it meant neither.
  if (real.month !== month || real.day !== day || year < 1970) {
    throw new SalvorError('time_unreadable', { text: said.slice(0, 60) })
  }
  return real
}

function readOffset(text: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text)
  if (!match) return 0
  const ms = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000
  return match[1] === '-' ? -ms : ms
}

function wallAt(at: number, place: Place): WallTime {
  return 'zone' in place ? readWall(at, place.zone) : readWall(at + place.offsetMs, 'UTC')
}

function instantAt(wall: WallTime, place: Place): number | null {
  return 'zone' in place ? findInstant(wall, place.zone) : wallAsUtc(wall) - place.offsetMs
}
