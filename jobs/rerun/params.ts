import { z } from 'zod'

/** `system` is the migration's by the plan: it says whose lock is taken, and who may ask and approve. */
export const rerunParams = z.strictObject({ migration: z.string(), system: z.string() })

export type RerunParams = z.infer<typeof rerunParams>

const rejectGroup = z.object({ target: z.string(), code: z.string(), rows: z.number(), message: z.string() })

/** Answer of `look`: where it will write, and what it had put aside before. */
export const lookOutput = z.object({
  identity: z.object({ systemIdentifier: z.string(), name: z.string(), oid: z.number() }),
  groups: z.array(rejectGroup),
})

/** How it ended: written down as soon as that was seen, by whoever saw it. */
export const endRecord = z.object({
  startedAt: z.string(),
  exitCode: z.number().nullable(),
  said: z.string(),
  /** Its last line, without secrets. */
  last: z.string(),
  stopped: z.boolean(),
})

export const runOutput = endRecord.extend({ at: z.string() })

/** What its log says of the attempt. */
export const logWords = z.object({
  said: z.string(),
  errors: z.number(),
  /** Commands to try: `fix orders-db widen-phone`. */
  remedies: z.array(z.string()),
})

export type LogWords = z.infer<typeof logWords>

export const checkOutput = z.object({
  passed: z.number(),
  total: z.number(),
  groups: z.array(rejectGroup),
  log: logWords.nullable(),
})
