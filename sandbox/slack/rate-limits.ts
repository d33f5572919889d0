import type { Allowance } from './methods/index.ts'

/** Token buckets, one for each key. */
export interface RateLimits {
  /** Takes one token: undefined when allowed, else the whole seconds until the next one. */
  take(key: string, allowance: Allowance): number | undefined
}

/** Buckets that start full and refill evenly. `now` is in milliseconds. */
export function createRateLimits(now: () => number): RateLimits {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(key, { perMinute, burst }) {
      const bucket = buckets.get(key) ?? { tokens: burst, at: now() }
      const tokens = Math.min(burst, bucket.tokens + ((now() - bucket.at) * perMinute) / 60_000)
      const allowed = tokens >= 1
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now() })
      return allowed ? undefined : Math.max(1, Math.ceil(((1 - tokens) * 60) / perMinute))
    },
  }
}
