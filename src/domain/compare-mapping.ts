import { z } from 'zod'
import { durationText, namesOf, tableName } from './plan-parts.ts'

const column = z.string().min(1)

/**
 * How one table of the other database (its name is the key in the plan) is found again in this one: under which name,
 * its columns by expressions over the other's row, and what is left out, and why. Or two SELECTs for whatever a table
 * for a table cannot say. Which of them go together, `plan check` says.
 */
export const tableMapping = z.strictObject({
  /** The table of this database; default: the same name. */
  to: tableName.optional(),
  /** What tells rows apart, by this database's names; default: its primary key. */
  key: z.array(column).min(1).optional(),
  /** By column of this database: SQL over a row of the other. */
  columns: namesOf(column, z.string().trim().min(1)).default({}),
  /** Columns of either side that are not compared, each with the reason that is shown. */
  without: namesOf(column, z.string().trim().min(1)).default({}),
  /** How far apart values may be: a number, or a duration for times. */
  tolerance: namesOf(column, z.union([z.number().positive(), durationText])).default({}),
  /** SELECT on the other database, and on this one, with the same names of columns. */
  left: z.string().trim().min(1).optional(),
  right: z.string().trim().min(1).optional(),
})

export type TableMapping = z.infer<typeof tableMapping>

/** `compare:` of a system, by table of the other database, or by a name of its own for a pair of SELECTs. */
export const compareMapping = namesOf(z.string().min(1), tableMapping)

export type CompareMapping = z.infer<typeof compareMapping>
