import { z } from 'zod'

export const uatParams = z.strictObject({
  suite: z.string(),
  /** Until when testers answer, ISO 8601; a day without. */
  due: z.string().optional(),
})

export type UatParams = z.infer<typeof uatParams>
