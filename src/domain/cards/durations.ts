/** A length of time as people say it: `45 s`, `12 min`, `3 h 02`. Given in milliseconds; negative counts as zero. */
export function writeDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}

/** Whole minutes, for cards that are drawn anew once a minute: `12 min`, `3 h 02`; below one minute says so. */
export function writeMinutes(ms: number): string {
  return ms < 60_000 ? 'less than a minute' : writeDuration(Math.floor(ms / 60_000) * 60_000)
}

/** Milliseconds from `now` until an ISO time; negative once it is over. */
export function msUntil(iso: string, now: Date): number {
  return Date.parse(iso) - now.getTime()
}
