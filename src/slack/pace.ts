import type { Clock } from '../ports/clock.ts'

/** How often one method may be called: a bucket that refills evenly, and a pause that Slack asked for. */
export interface Pace {
  /** Milliseconds until the next call is allowed; 0 for now. `reserve` tokens are left for more urgent calls. */
  wait(reserve?: number): number
  take(): void
  /** After a 429: no call of this method for so long, and the bucket begins empty. */
  pause(ms: number): void
}

/**
 * Paces a method at `perMinute` with `burst` calls at once. It begins with `first` of them: none where a process
 * before this one may have spent them a moment ago, because Slack counts for the app and not for the process.
 */
export function createPace(perMinute: number, burst: number, clock: Clock, first = burst): Pace {
  let tokens = first
  let at = clock.now().getTime()
  let pausedUntil = 0
  const refill = () => {
    const now = clock.now().getTime()
    tokens = Math.min(burst, tokens + (Math.max(0, now - at) * perMinute) / 60_000)
    at = now
    return now
  }
  return {
    wait(reserve = 0) {
      const now = refill()
      const paused = Math.max(0, pausedUntil - now)
      const missing = 1 + reserve - tokens
      return Math.max(paused, missing <= 0 ? 0 : Math.ceil((missing * 60_000) / perMinute))
    },
    take() {
      refill()
      tokens -= 1
    },
    pause(ms) {
      pausedUntil = refill() + ms
      tokens = Math.min(tokens, 1)
    },
  }
}
