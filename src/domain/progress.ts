import { z } from 'zod'
import type { Json } from './json.ts'
import { time } from './stored.ts'
import { waitingSchema } from './waiting.ts'

/** How far a step is. Every field but `phase` may be unknown; unknown is null, never a guess. */
export const progressSchema = z.object({
  /** What is going on, in a few plain words: `loading orders.order_items`. */
  phase: z.string(),
  /** Done part, 0 to 1. */
  fraction: z.number().nullable(),
  /** Human-readable speed, such as `4.6 MB/s`. */
  rate: z.string().nullable(),
  /** Earliest and latest end, from live speed. */
  readyBetween: z.tuple([time, time]).readonly().nullable(),
  /** Why nothing moves, if so. */
  waitingFor: waitingSchema.nullish(),
  /** What its kind's card draws of it: replaced by the next, and never journaled. */
  shown: z.custom<Json>().optional(),
})

export type Progress = Readonly<z.infer<typeof progressSchema>>
