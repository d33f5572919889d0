import { z } from 'zod'
import { logAnalysis, logGlance } from '../../src/domain/log-analysis.ts'

export const logsParams = z.strictObject({
  /** A name of the plan's logs. */
  log: z.string(),
  /** Only what was written since: a length of time before the job was asked for, such as `30m`. */
  since: z
    .string()
    .regex(/^\d{1,6}(s|m|h|d)$/, 'a length of time such as 30m')
    .optional(),
  follow: z.boolean().optional(),
})

export type LogsParams = z.infer<typeof logsParams>

const remedy = z.object({ system: z.string(), remedy: z.string(), matched: z.string() })

export const analyseOutput = z.object({ analysis: logAnalysis, remedies: z.array(remedy) })

export const followOutput = z.object({
  analysis: logAnalysis,
  glance: logGlance.omit({ analysis: true }),
  remedies: z.array(remedy),
  /** Why it ended. */
  ended: z.string(),
})
