/** A time of day such as `11:43:27`, from milliseconds since the epoch. */
export function writeClock(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB')
}

/** A length of time in words: `48 s`, `6 min 03 s`, `1 h 12 min`. */
export function writeLength(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}
