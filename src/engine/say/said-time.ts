/** A time as somebody said it, taken apart and not yet placed in any zone. */
export interface SaidTime {
  readonly date: { readonly year: number | null; readonly month: number; readonly day: number } | null
  /** Days from today, for `yesterday` and its kin. */
  readonly shift: number | null
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Milliseconds east of UTC, where a zone was said. */
  readonly offsetMs: number | null
}

const minute = 60_000
const units: readonly (readonly [word: RegExp, ms: number])[] = [
  [/^(?:s|secs?|seconds?|초)$/, 1000],
  [/^(?:m|mins?|minutes?|분)$/, minute],
  [/^(?:h|hrs?|hours?|시간)$/, 60 * minute],
  [/^(?:d|days?|일)$/, 24 * 60 * minute],
]

/** `30m ago`, `1h 30m ago`, `in 2 hours`, `30분 전`, `2시간 뒤`: milliseconds from now; null for anything else. */
export function readDistance(said: string): number | null {
  const found = /^(in )?((?:\d{1,5} ?[a-z초분시간일]{1,8} ?){1,3}?) ?(ago|from now|전|후|뒤)?$/.exec(said)
  if (!found || (found[1] === undefined) === (found[3] === undefined)) return null
  const parts = [...(found[2] ?? '').matchAll(/(\d+) ?([a-z초분시간일]+)/g)].map(([, count, word = '']) => {
    const unit = units.find(([known]) => known.test(word))
    return unit ? Number(count) * unit[1] : Number.NaN
  })
  const ms = parts.reduce((sum, one) => sum + one, 0)
  if (Number.isNaN(ms)) return null
  return found[3] === 'ago' || found[3] === '전' ? -ms : ms
}

/** Abbreviations that mean one offset only, in hours; CST, IST and BST mean several and are asked back. */
const zones: ReadonlyMap<string, number> = new Map([
  ...(['z', 'utc', 'gmt'].map((name) => [name, 0]) as [string, number][]),
  ...([
    ['kst', 9],
    ['jst', 9],
    ['한국시간', 9],
    ['한국 시간', 9],
  ] as [string, number][]),
  ...([
    ['cet', 1],
    ['cest', 2],
    ['eet', 2],
    ['eest', 3],
    ['msk', 3],
  ] as [string, number][]),
  ...([
    ['est', -5],
    ['edt', -4],
    ['cdt', -5],
    ['mst', -7],
    ['mdt', -6],
    ['pst', -8],
    ['pdt', -7],
  ] as [string, number][]),
])

const shifts: ReadonlyMap<string, number> = new Map([
  ...([
    ['today', 0],
    ['yesterday', -1],
    ['tomorrow', 1],
  ] as [string, number][]),
  ...([
    ['오늘', 0],
    ['어제', -1],
    ['내일', 1],
    ['그제', -2],
    ['그저께', -2],
    ['모레', 2],
  ] as [string, number][]),
])

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const dateShapes: readonly RegExp[] = [
  /(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?!\d)/,
  /(?<year>\d{4})\. ?(?<month>\d{1,2})\. ?(?<day>\d{1,2})\.?(?!\d)/,
  /(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})(?!\d)/,
  /(?:(?<year>\d{4})년 ?)?(?<month>\d{1,2})월 ?(?<day>\d{1,2})일/,
  new RegExp(`(?<day>\\d{1,2}) (?<name>${months.join('|')})[a-z]{0,6}\\.?(?: (?<year>\\d{4}))?(?![\\d:])`),
  new RegExp(
    `(?<name>${months.join('|')})[a-z]{0,6}\\.? (?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>\\d{4}))?(?![\\d:])`,
  ),
]

const before = '(?<half>am|pm|a\\.m\\.|p\\.m\\.|오전|오후|새벽|아침|저녁|밤)'
const clockShapes: readonly RegExp[] = [
  new RegExp(`^(?:${before} ?)?(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,]\\d{1,9})?)?$`),
  new RegExp(`^(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))? ?${before}$`),
  new RegExp(`^(?<hour>\\d{1,2}) ?${before}$`),
  new RegExp(
    `^(?:${before} ?)?(?<hour>\\d{1,2})시(?: ?(?:(?<minute>\\d{1,2})분|(?<thirty>반)))?(?: ?(?<second>\\d{1,2})초)?$`,
  ),
]

const named: ReadonlyMap<string, number> = new Map([
  ...([
    ['noon', 12],
    ['정오', 12],
    ['midnight', 0],
    ['자정', 0],
  ] as [string, number][]),
])

/** Takes a time apart; null for what is none. Every shape is bounded, so that this is linear. */
export function takeApart(text: string): SaidTime | null {
  let rest = text
    .toLowerCase()
    .replace(/[\s,]+/g, ' ')
    .replace(/(\d)t(?=\d)/, '$1 ')
    .trim()
  const take = (shape: RegExp) => {
    const found = shape.exec(rest)
    if (found)
      rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`.replace(/ +/g, ' ').trim()
    return found
  }
  const date = dateShapes.map(take).find((found) => found !== null)?.groups
  const shift = take(new RegExp(`(?:^| )(${[...shifts.keys()].join('|')})(?= |$)`))?.[1]
  const zone = take(new RegExp(`(?:(?<=\\d)| )(${[...zones.keys()].join('|')})$`))?.[1]
  const offset = zone === undefined ? take(/(?<=\d|\d ?[ap]m) ?([+-])(0\d|1[0-4]):?([0-5]\d)?$/) : null
  if (date && shift !== undefined) return null
  const clock = readClock(rest.replace(/^(?:at|@) ?/, '').replace(/ ?(?:에|쯤|경)$/, ''))
  if (clock === null) return null
  const offsetMs = zone === undefined ? readOffset(offset) : (zones.get(zone) ?? 0) * 60 * minute
  return {
    ...clock,
    date: date ? readDate(date) : null,
    shift: shift === undefined ? null : (shifts.get(shift) ?? null),
    offsetMs,
  }
}

function readDate(groups: Readonly<Record<string, string | undefined>>): SaidTime['date'] {
  const { year, month, name, day } = groups
  const number = name === undefined ? Number(month) : months.indexOf(name) + 1
  return { year: year === undefined ? null : Number(year), month: number, day: Number(day) }
}

function readOffset(found: RegExpExecArray | null): number | null {
  if (!found) return null
  const ms = (Number(found[2]) * 60 + Number(found[3] ?? 0)) * minute
  return found[1] === '-' ? -ms : ms
}

function readClock(text: string): Pick<SaidTime, 'hour' | 'minute' | 'second'> | null {
  const known = named.get(text)
  if (known !== undefined) return { hour: known, minute: 0, second: 0 }
  const groups = clockShapes.map((shape) => shape.exec(text)).find((found) => found !== null)?.groups
  if (!groups) return null
  const hour = readHour(Number(groups.hour), groups.half)
  const clock = { hour, minute: groups.thirty ? 30 : Number(groups.minute ?? 0), second: Number(groups.second ?? 0) }
  return Number.isNaN(hour) || hour > 23 || clock.minute > 59 || clock.second > 59 ? null : clock
}

/** Hours of a day by halves; NaN where both contradict each other, such as 14 am. */
function readHour(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  const isLate = ['pm', 'p.m.', '오후', '저녁', '밤'].includes(half)
  if (hour > 12) return isLate ? hour : Number.NaN
  // 밤 12시 is midnight, as 12 am is.
  if (hour === 12) return isLate && half !== '밤' ? 12 : 0
  if (hour === 0) return isLate ? Number.NaN : 0
  return isLate ? hour + 12 : hour
}
