import { z } from 'zod'
import { findingMessage } from './finding-texts.ts'

const count = z.number().int().nonnegative()

/** One table of this database against the other's, as it was found. */
export const comparedTable = z.object({
  /** As this database calls it, and as the other does; the plan's name for a pair of SELECTs. */
  name: z.string(),
  other: z.string(),
  /** `key`: rows are the same row where the key is; `row`: by all that they hold, duplicates counted. */
  by: z.enum(['key', 'row', 'none']),
  rows: z.object({ here: count, there: count }),
  /** Rows that only this database has, that only the other has, and that hold something else. */
  inserted: count,
  deleted: count,
  changed: count,
  /** In how many changed rows each column differs. */
  columns: z.array(z.object({ column: z.string(), rows: count })),
  /** A few rows by key, redacted. */
  keys: z.array(z.string()),
  /** Columns that are left out, with the plan's reason. */
  without: z.array(z.object({ column: z.string(), reason: z.string() })),
  /** Columns that have no counterpart, by side. */
  unmapped: z.object({ here: z.array(z.string()), there: z.array(z.string()) }),
  /** `twice`: only what differed at a second look counts. `once`: there was too much of it for that. */
  seen: z.enum(['once', 'twice']),
  /** The file of its differences, and whether that has all of them. */
  file: z.string().nullable(),
  cut: z.boolean(),
  /** Why it could not be compared, if so. */
  why: findingMessage.nullable(),
})

export type ComparedTable = z.infer<typeof comparedTable>

export function differs({ inserted, deleted, changed }: ComparedTable): boolean {
  return inserted + deleted + changed > 0
}

/** Tables that have no counterpart, by side, and names of the question or of the plan that neither side has. */
export const unmappedTables = z.object({
  here: z.array(z.string()),
  there: z.array(z.string()),
  unknown: z.array(z.string()),
})

export type UnmappedTables = z.infer<typeof unmappedTables>
