import type { z } from 'zod'
import type { JobView } from '../src/domain/view.ts'

/** What a step answered, if it has; null while it has not. Cards ask at any time, so nothing throws. */
export function outputOf<T>(view: JobView, step: string, schema: z.ZodType<T>): T | null {
  const parsed = schema.safeParse(view.steps.find((each) => each.name === step)?.output)
  return parsed.success ? parsed.data : null
}
