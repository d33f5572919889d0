const words = 'en-GB'

/** `14:05`, in the reader's zone. */
export function writeTime(ms: number): string {
  return new Date(ms).toLocaleTimeString(words, { hour: '2-digit', minute: '2-digit' })
}

/** `3 March 2026 at 14:05:09`, for where the exact moment matters. */
export function writeMoment(ms: number): string {
  const date = new Date(ms)
  const day = date.toLocaleDateString(words, { day: 'numeric', month: 'long', year: 'numeric' })
  return `${day} at ${date.toLocaleTimeString(words)}`
}

/** `Today`, `Yesterday`, or `Monday, 2 March` with the year where it is another one. */
export function nameDay(ms: number, now: number): string {
  const days = countDays(now) - countDays(ms)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  const date = new Date(ms)
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const }
  return date.toLocaleDateString(words, { weekday: 'long', day: 'numeric', month: 'long', ...year })
}

/** `just now`, `5 minutes ago`, `2 hours ago`, then the day. */
export function tellAge(ms: number, now: number): string {
  const minutes = Math.floor(Math.max(0, now - ms) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return count(minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return count(hours, 'hour')
  const day = nameDay(ms, now)
  return day === 'Yesterday' ? 'yesterday' : `on ${day}`
}

/** `812 B`, `14 kB`, `2.3 MB`. */
export function writeSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'} ago`
}

/** Days since an arbitrary one, by the reader's calendar. */
function countDays(ms: number): number {
  const date = new Date(ms)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}
