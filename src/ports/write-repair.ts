import type { CompareMapping } from '../domain/compare-mapping.ts'
import type { RepairedTable, RepairMode, RowFile } from '../domain/repair.ts'
import type { ComparedSide } from './compare-across.ts'
import type { OnTableProgress } from './content-tools.ts'

/**
 * Compares tables of two databases and writes the SQL that brings rows of the other one into this: one statement a row,
 * each of which names what it expects to find. Reads only.
 */
export type WriteRepair = (of: {
  readonly here: ComparedSide
  readonly there: ComparedSide
  readonly mapping: CompareMapping
  readonly tables: readonly string[]
  readonly mode: RepairMode
  /** Of more rows than these nothing is written: throws repair_too_many. */
  readonly most: number
  /** Where the file is written, and its name there. */
  readonly folder: string
  readonly file: string
  readonly sample: number
  readonly signal: AbortSignal
  readonly onProgress: OnTableProgress
}) => Promise<{
  readonly file: RowFile | null
  readonly tables: readonly RepairedTable[]
  readonly unknown: readonly string[]
}>
