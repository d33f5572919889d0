import { z } from 'zod'

export const backupParams = z.strictObject({ system: z.string() })

export type BackupParams = z.infer<typeof backupParams>

/** What `dump` wrote. */
export const dumpOutput = z.object({
  id: z.string(),
  path: z.string(),
  archiveHash: z.string(),
  takenAt: z.string(),
  bytes: z.number(),
  tables: z.number(),
  rows: z.number(),
})

export type DumpOutput = z.infer<typeof dumpOutput>

/** What `prove` read. */
export const proveOutput = z.object({ archiveHash: z.string(), tocEntries: z.number() })
