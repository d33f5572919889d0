import { z } from 'zod'
import type { Json } from './json.ts'
import { phaseSchema } from './phase.ts'
import { time } from './stored.ts'
import { waitingSchema } from './waiting.ts'

/** How far a step is. Every field but `phase` may be unknown; unknown is null, never a guess. */
export const progressSchema = z.object({
  /** What is going on. */
  phase: phaseSchema,
  /** Done part, 0 to 1. */
  fraction: z.number().nullable(),
  /** Bytes a second. */
  rate: z.number().nullable(),
  /** Earliest and latest end, from live speed. */
  readyBetween: z.tuple([time, time]).readonly().nullable(),
  /** Why nothing moves, if so. */
  waitingFor: waitingSchema.nullish(),
  /** What its kind's card draws of it: replaced by the next, and never journaled. */
  shown: z.custom<Json>().optional(),
})

export type Progress = Readonly<z.infer<typeof progressSchema>>
