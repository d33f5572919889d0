import { z } from 'zod'

export const baselineParams = z.strictObject({ system: z.string() })

export type BaselineParams = z.infer<typeof baselineParams>

/** What `measure` kept: the manifest's file and what it was then. `verify --against baseline` reads this. */
export const measureOutput = z.object({
  path: z.string(),
  sha256: z.string(),
  database: z.string(),
  /** Of which database, by its server's numbers: see domain/archive-origin.ts. */
  source: z.object({
    database: z.string(),
    systemIdentifier: z.string().nullable(),
    databaseOid: z.number().nullable(),
  }),
  takenAt: z.string(),
  tables: z.number(),
  rows: z.number(),
})
