const dayMs = 86_400_000
/** The page speaks English with a day of 24 hours, wherever its reader is: as incidents are told. */
const language = 'en-GB'

/**
 * Slack's date markup in the viewer's zone: `{date_short} {time}` and its like. An unknown word stays
 * as it was written; without a known word, or for a time that is none, undefined: then the fallback is shown.
 */
export function formatDate(seconds: number, format: string, now: Date, timezone?: string): string | undefined {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return undefined
  let known = false
  const text = format.replace(/\{(\w+)\}/g, (whole, word: string) => {
    const written = writeWord(word, date, now, timezone)
    known ||= written !== undefined
    return written ?? whole
  })
  return known ? text : undefined
}

function writeWord(word: string, date: Date, now: Date, timezone: string | undefined): string | undefined {
  const write = (options: Intl.DateTimeFormatOptions, locale = language) =>
    new Intl.DateTimeFormat(locale, { ...options, ...(timezone ? { timeZone: timezone } : {}) }).format(date)
  const year: Intl.DateTimeFormatOptions = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }
  const pretty = (options: Intl.DateTimeFormatOptions) => nameDay(date, now, timezone) ?? write(options)
  switch (word) {
    case 'date_num':
      return write({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv-SE')
    case 'date_slash':
      return write({ year: 'numeric', month: '2-digit', day: '2-digit' })
    case 'date':
      return write({ month: 'long', day: 'numeric', ...year })
    case 'date_pretty':
      return pretty({ month: 'long', day: 'numeric', ...year })
    case 'date_short':
      return write({ month: 'short', day: 'numeric', year: 'numeric' })
    case 'date_short_pretty':
      return pretty({ month: 'short', day: 'numeric', ...year })
    case 'date_long':
      return write({ weekday: 'long', month: 'long', day: 'numeric', ...year })
    case 'date_long_full':
      return write({ month: 'long', day: 'numeric', year: 'numeric' })
    case 'date_long_pretty':
    case 'day_divider_pretty':
      return pretty({ weekday: 'long', month: 'long', day: 'numeric', ...year })
    case 'time':
      return write({ hour: '2-digit', minute: '2-digit' })
    case 'time_secs':
      return write({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
    case 'ago':
      return sayAgo(date, now)
    default:
      return undefined
  }
}

/** `today`, `yesterday`, `tomorrow` as the viewer's calendar has it. */
function nameDay(date: Date, now: Date, timezone: string | undefined): string | undefined {
  const calendar = new Intl.DateTimeFormat('sv-SE', timezone ? { timeZone: timezone } : {})
  const days = Math.round((Date.parse(calendar.format(date)) - Date.parse(calendar.format(now))) / dayMs)
  return ({ '-1': 'yesterday', '0': 'today', '1': 'tomorrow' } as Readonly<Record<string, string>>)[String(days)]
}

function sayAgo(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000)
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  if (Math.abs(seconds) < 60) return format.format(seconds, 'second')
  if (Math.abs(seconds) < 3600) return format.format(Math.round(seconds / 60), 'minute')
  if (Math.abs(seconds) < 86_400) return format.format(Math.round(seconds / 3600), 'hour')
  return format.format(Math.round(seconds / 86_400), 'day')
}
