import { z } from 'zod'
import { whyLeftSchema } from './repair-texts.ts'

/** `missing`: rows that live lacks. `differing`: those, and rows that hold something else. `replace`: besides, rows that only live has go. */
export const repairModes = ['missing', 'differing', 'replace'] as const

export type RepairMode = (typeof repairModes)[number]

const count = z.number().int().nonnegative()

/** What the file does to one table, and which of its differences stay. */
export const repairedTable = z.object({
  name: z.string(),
  /** As the other side calls it. */
  other: z.string(),
  inserts: count,
  updates: count,
  deletes: count,
  /** A few rows by key, redacted. */
  keys: z.array(z.string()),
  /** Rows that differ and are left as they are. */
  left: z.array(z.object({ why: whyLeftSchema, rows: count })),
})

export type RepairedTable = z.infer<typeof repairedTable>

/** A file of statements, one a row, on the worker that wrote it. */
export const rowFile = z.object({ path: z.string(), sha256: z.string() })

export type RowFile = z.infer<typeof rowFile>

/** What running such a file came to, beside the server's counters. */
export const rowsOutcome = z.object({
  /** The statements that take it back, written before the COMMIT. */
  undo: rowFile,
  /** Rows that hold something else than was written, once triggers had run; by table. */
  altered: z.array(z.object({ table: z.string(), rows: count })),
  /** Sequences whose next value stands in their column already. */
  behind: z.array(z.object({ sequence: z.string(), column: z.string(), at: z.string(), highest: z.string() })),
})

export type RowsOutcome = z.infer<typeof rowsOutcome>

/** What triggers alter otherwise than was shown, in words; empty when it is the same. */
export function compareAltered(shown: RowsOutcome['altered'], found: RowsOutcome['altered']): string[] {
  const rowsOf = (all: RowsOutcome['altered'], name: string) => all.find(({ table }) => table === name)?.rows ?? 0
  return [...new Set([...shown, ...found].map(({ table }) => table))]
    .filter((table) => rowsOf(shown, table) !== rowsOf(found, table))
    .map(
      (table) => `${table}: ${rowsOf(found, table)} rows are altered by triggers, ${rowsOf(shown, table)} were shown`,
    )
}
