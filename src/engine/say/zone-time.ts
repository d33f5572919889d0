import { SalvorError } from '../../domain/errors/fail.ts'

/** What a clock on a wall of some zone shows. Month and day count from 1. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the wall clock of a zone (IANA name) shows at an instant. */
export function readWall(at: number, zone: string): WallTime {
  const parts = new Map(
    findFormat(zone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
}

/**
 * The instant, in epoch milliseconds, at which a zone's wall clock shows `wall`. Where the clock shows it twice
 * (autumn) the earlier one, which is the careful choice for beginnings and deadlines alike; where it never
 * shows it (spring) null.
 */
export function findInstant(wall: WallTime, zone: string): number | null {
  const asUtc = wallAsUtc(wall)
  const day = 86_400_000
  const offsets = new Set([asUtc - day, asUtc, asUtc + day].map((at) => wallAsUtc(readWall(at, zone)) - at))
  const instants = [...offsets].map((offset) => asUtc - offset)
  const shown = instants.filter((at) => wallAsUtc(readWall(at, zone)) === asUtc)
  return shown.length === 0 ? null : Math.min(...shown)
}

/** Epoch milliseconds of a wall time read as if it were UTC; used for arithmetic on wall clocks. */
function wallAsUtc(wall: WallTime): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second)
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `1 Mar 2026 02:10 Asia/Seoul (28 Feb 2026 17:10 UTC)`: how a time that somebody typed is echoed. */
export function writeTimeEcho(iso: string, zone: string): string {
  const utc = `${writeDay(iso, 'UTC')} ${writeClock(iso, 'UTC')} UTC`
  return zone === 'UTC' ? utc : `${writeDay(iso, zone)} ${writeClock(iso, zone)} ${zone} (${utc})`
}

/** `1 Mar 2026` */
export function writeDay(iso: string, zone: string): string {
  const wall = readWall(Date.parse(iso), zone)
  return `${wall.day} ${months[wall.month - 1] ?? ''} ${wall.year}`
}

/** `02:10` */
export function writeClock(iso: string, zone: string): string {
  const wall = readWall(Date.parse(iso), zone)
  return `${String(wall.hour).padStart(2, '0')}:${String(wall.minute).padStart(2, '0')}`
}

function findFormat(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = openFormat(zone)
  formats.set(zone, format)
  return format
}

function openFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch (cause) {
    throw new SalvorError('unexpected', { seen: `the plan's timezone "${zone}" does not exist` }, { cause })
  }
}
