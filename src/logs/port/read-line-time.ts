import { findInstant } from '../../engine/say/zone-time.ts'
import { epochForms, type TimeForm, timeForms } from './time-forms.ts'

/** Where a header can be: a time further behind is part of the message. */
const headLength = 300
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Names of zones that mean one thing only. */
const zones: ReadonlyMap<string, number> = new Map([
  ...([
    ['Z', 0],
    ['UTC', 0],
    ['GMT', 0],
    ['KST', 9],
    ['JST', 9],
    ['MSK', 3],
    ['CET', 1],
    ['CEST', 2],
    ['EST', -5],
    ['EDT', -4],
    ['PST', -8],
    ['PDT', -7],
  ] as const),
])
const dayMs = 86_400_000
const hourMs = 3_600_000
const control = '\u001b'
const colours = new RegExp(`${control}\\[[0-9;]{0,20}m`, 'g')

type Groups = { readonly [name: string]: string | undefined }

/**
 * Reads the time at the head of a line, given as bytes in latin1, in milliseconds since 1970; null where it has none.
 * A time without an offset is wall clock of `timezone`; one without a year or a date is the last one before `now`, which
 * is when the log was written last.
 */
export function createLineTime(timezone: string, now: number): (head: string) => number | null {
  // Lines of one log are written in one way, and neighbours bear the same second more often than not.
  let lastForm: TimeForm | null = null
  let lastKey = ''
  let lastInstant: number | null = null

  function place(groups: Groups, lacks: TimeForm['lacks']): number | null {
    const { y, mo, mon, d, h, mi, s = '0', early, half = early, z } = groups
    const key = [y, mo, mon, d, h, mi, s, half, z].join(' ')
    if (key === lastKey) return lastInstant
    lastKey = key
    lastInstant = null
    const clock = { hour: readHour(Number(h), half), minute: Number(mi), second: Number(s) }
    const month = mon === undefined ? Number(mo) : months.indexOf(mon.toLowerCase()) + 1
    const at = (year: number, inMonth: number, day: number) => toInstant({ year, month: inMonth, day, ...clock }, z)
    const tries = {
      none: () => [at(Number(y) + (y?.length === 2 ? 2_000 : 0), month, Number(d))],
      year: () => [0, 1].map((back) => at(new Date(now).getUTCFullYear() - back, month, Number(d))),
      date: () =>
        [-1, 0, 1].map((back) => {
          const day = new Date(now - back * dayMs)
          return at(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate())
        }),
    }[lacks ?? 'none']()
    const latest = lacks === undefined ? Number.POSITIVE_INFINITY : now + (lacks === 'year' ? dayMs : 60_000)
    lastInstant = tries.find((instant) => instant !== null && instant <= latest) ?? null
    return lastInstant
  }

  function toInstant(wall: Parameters<typeof findInstant>[0], z: string | undefined): number | null {
    const { month, day, hour, minute, second } = wall
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null
    const offset = readOffset(z)
    if (offset === null) return findInstant(wall, timezone)
    return Date.UTC(wall.year, month - 1, day, hour, minute, second) - offset
  }

  function readForm(form: TimeForm, head: string): number | null {
    const groups = form.pattern.exec(head)?.groups
    if (!groups) return null
    const instant = place(groups, form.lacks)
    return instant === null ? null : instant + Number((groups.f ?? '').padEnd(3, '0').slice(0, 3))
  }

  return (line) => {
    const head = readHead(line)
    if (lastForm) {
      const again = readForm(lastForm, head)
      if (again !== null) return again
    }
    for (const pattern of epochForms) {
      const counted = pattern.exec(head)
      if (!counted) continue
      const [, seconds, milliseconds, fraction = '0'] = counted
      return Number(seconds) * 1_000 + Number(milliseconds ?? fraction.padEnd(3, '0').slice(0, 3))
    }
    for (const form of timeForms) {
      const found = readForm(form, head)
      if (found === null) continue
      lastForm = form
      return found
    }
    return null
  }
}

function readHead(line: string): string {
  const head = line.slice(0, headLength)
  const text = /[\u0080-\u00ff]/.test(head) ? Buffer.from(head, 'latin1').toString('utf8') : head
  return text.includes(control) ? text.replace(colours, '') : text
}

function readHour(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour
  const isLate = /^(?:p|오후|午後|下午)/i.test(half)
  return (hour % 12) + (isLate ? 12 : 0)
}

/** Milliseconds that a zone is ahead of UTC; null for one that is not written, or whose name means several. */
function readOffset(zone: string | undefined): number | null {
  if (zone === undefined) return null
  const named = zones.get(zone)
  if (named !== undefined) return named * hourMs
  const written = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (!written) return null
  const size = Number(written[2]) * hourMs + Number(written[3]) * 60_000
  return written[1] === '-' ? -size : size
}
