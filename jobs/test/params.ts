import { z } from 'zod'
import { findingMessage } from '../../src/domain/finding-texts.ts'

export const testParams = z.strictObject({ system: z.string() })

export type TestParams = z.infer<typeof testParams>

const result = z.object({
  name: z.string(),
  passed: z.boolean(),
  expected: z.json(),
  found: z.json(),
  why: findingMessage.nullable(),
})

export type CheckResult = z.infer<typeof result>

/** Answer of `ask`: what each check of the plan found, in the plan's order. */
export const askOutput = z.object({ results: z.array(result) })
