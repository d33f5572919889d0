import type { Json } from './json.ts'
import type { Waiting } from './waiting.ts'

/** How far a step is. Every field but `phase` may be unknown; unknown is null, never a guess. */
export interface Progress {
  /** What is going on, in a few plain words: `loading orders.order_items`. */
  readonly phase: string
  /** Done part, 0 to 1. */
  readonly fraction: number | null
  /** Human-readable speed, such as `4.6 MB/s`. */
  readonly rate: string | null
  /** Earliest and latest end as ISO 8601, from live speed. */
  readonly readyBetween: readonly [string, string] | null
  /** Why nothing moves, if so. */
  readonly waitingFor?: Waiting | null
  /** What its kind's card draws of it: replaced by the next, and never journaled. */
  readonly shown?: Json
}
