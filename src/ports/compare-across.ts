import type { CompareMapping } from '../domain/compare-mapping.ts'
import type { ComparedTable, UnmappedTables } from '../domain/comparison.ts'
import type { Finding } from '../domain/content.ts'
import type { OnTableProgress, TargetAddress } from './content-tools.ts'

/** One of the two databases. */
export interface ComparedSide {
  readonly target: TargetAddress
  readonly database?: string
}

/**
 * Compares two databases table by table, across a schema that changed as the plan says. Each side is read in one
 * snapshot; what differs is looked at again in a later one, and counts only if it still differs.
 */
export type CompareAcross = (of: {
  readonly here: ComparedSide
  readonly there: ComparedSide
  readonly mapping: CompareMapping
  /** Names of tables of this database; all without it. */
  readonly tables?: readonly string[]
  /** Tables that an earlier attempt has compared already. */
  readonly done: ReadonlySet<string>
  /** Where differences are written, a file a table; null for nowhere. */
  readonly folder: string | null
  /** Most keys that are named of one table. */
  readonly sample: number
  readonly signal: AbortSignal
  /** Hears each piece of tables once all of it is compared. */
  readonly onPiece: (tables: readonly ComparedTable[]) => Promise<void>
  readonly onProgress: OnTableProgress
}) => Promise<{
  readonly unmapped: UnmappedTables
  /** Definitions that differ: of a schema that changed they are told, and prove nothing. */
  readonly schema: readonly Finding[]
}>
