import { z } from 'zod'
import { repairedTable, repairModes, rowFile } from '../../src/domain/repair.ts'

/** Rows that are repaired at most where nobody says otherwise. */
const MOST = 10_000

/** `undoes` is the repair that is taken back, by the file that it wrote. */
export const repairParams = z.strictObject({
  system: z.string(),
  /** As of `compare`. */
  with: z.string().optional(),
  tables: z.array(z.string()).default([]),
  mode: z.enum(repairModes).default('differing'),
  most: z.number().int().positive().default(MOST),
  undoes: z.string().optional(),
})

export type RepairParams = z.infer<typeof repairParams>

/** What will be run, and where: of `write`, or of `look` for a repair that is taken back. */
export const fileOutput = z.object({
  file: rowFile,
  /** The job that wrote it. */
  by: z.string(),
  /** Where what takes this one back is written. */
  undo: z.string(),
  identity: z.object({ systemIdentifier: z.string(), name: z.string(), oid: z.number() }),
  tables: z.array(repairedTable),
})

export type FileOutput = z.infer<typeof fileOutput>

/** What the second look found of what was to be repaired. */
export const confirmOutput = z.object({
  tables: z.number(),
  rows: z.number(),
  /** Rows that differ still, as was said before: the plan or the mode leaves them. */
  left: z.number(),
})
