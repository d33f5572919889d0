const date = { day: 'numeric', month: 'short' } as const
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const styles = {
  date,
  clock: { ...clock, timeZoneName: 'short' },
  both: { ...date, ...clock, timeZoneName: 'short' },
  second: { ...clock, second: '2-digit' },
} as const

const formats = new Map<string, Intl.DateTimeFormat>()

/** A time written out in a zone, in English; what is none stays as it was given. */
export function writeTime(
  { iso, style }: { readonly iso: string; readonly style: keyof typeof styles },
  timezone: string,
): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : findFormat(style, timezone).format(at)
}

/** Making a format costs far more than using it, and cards are full of times; zones are few. */
function findFormat(style: keyof typeof styles, timezone: string): Intl.DateTimeFormat {
  const key = `${style} ${timezone}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { ...styles[style], timeZone: timezone })
  formats.set(key, made)
  return made
}
