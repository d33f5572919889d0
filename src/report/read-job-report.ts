import { z } from 'zod'
import type { Json } from '../domain/json.ts'
import type { JobReport } from '../engine/define-job.ts'

const lines = z.array(z.string())

const jobReportSchema = z.object({
  summary: z.string(),
  proven: lines,
  lost: lines,
  left: lines,
  undo: z.boolean(),
  recovers: z.boolean(),
  back: z.object({ system: z.string(), asOf: z.string(), since: z.string(), whole: z.boolean() }).optional(),
  ends: lines.optional(),
})

/** What a kind said of its finished job, as the journal kept it; undefined for what has another shape. */
export function readJobReport(outcome: Json): JobReport | undefined {
  return jobReportSchema.safeParse(outcome).data
}
