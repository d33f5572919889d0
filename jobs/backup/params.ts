import { z } from 'zod'
import { codeWithFacts } from '../../src/domain/message.ts'
import { notInBackupSchema } from '../../src/domain/not-in-backup.ts'
import { backupTypes } from '../../src/domain/physical-backup.ts'

export const backupParams = z.strictObject({
  system: z.string(),
  /** Of the whole cluster, by the stanza of the plan; without it a dump, where the plan names a folder for dumps. */
  kind: z.enum(backupTypes).optional(),
})

export type BackupParams = z.infer<typeof backupParams>

export const preflightOutput = z.object({ folder: z.string(), database: z.string(), sizeBytes: z.number() })

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

/** How the archive's schema came back: what it leaves out, and how many objects print in another way. */
export const rehearseOutput = z.object({
  objects: z.number(),
  left: z.array(z.object({ kind: z.string(), path: z.array(z.string()) })),
  other: z.number(),
  /** What the archive does not hold, as far as that is known. */
  notInBackup: z.array(notInBackupSchema),
  /** Checks that ask other tables: whether they hold while rows come hangs on the order. */
  doubts: z.array(z.object({ object: z.string(), reads: z.array(z.string()) })).default([]),
  /** Why it could not be loaded, if so. */
  problem: codeWithFacts.nullable(),
})

/** The backup of the cluster that `take` took. */
export const takeOutput = z.object({
  id: z.string(),
  takenAt: z.string(),
  bytes: z.number(),
  type: z.enum(backupTypes),
  clusterBytes: z.number(),
  problem: codeWithFacts.nullable(),
})

export type TakeOutput = z.infer<typeof takeOutput>

/** What `prove` read. */
export const proveOutput = z.object({ archiveHash: z.string(), tocEntries: z.number() })
