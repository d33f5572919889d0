import type { FindingMessage } from '../domain/finding-texts.ts'
import type { ObjectPath } from '../domain/object-name.ts'
import type { TargetAddress } from './content-tools.ts'

/** One side of a comparison of rows: a table of a database. */
export interface RowSide {
  readonly target: TargetAddress
  readonly database?: string
  readonly table: ObjectPath
  /** SQL condition on its rows; all rows without it. Of the plan or the catalogue, never of a person's words. */
  readonly where?: string
}

/** Numbers of rows by what became of them on the left side, as seen from the right one. */
export interface RowCounts {
  readonly added: number
  readonly changed: number
  readonly gone: number
}

/** What comparing a table counted: sums of what each key adds by itself, so that they can be put right key by key. */
export interface TableCounts extends RowCounts {
  /** Rows of the left side that the right one lacks, older ones than the question is about included. */
  readonly lacking: number
  /** Rows of each side, and those of the left one that the question is about. */
  readonly rows: { readonly left: number; readonly right: number; readonly since: number }
}

export interface RowDifference extends RowCounts {
  /** `key`: rows are the same row where the key is; `row`: by all that they hold, duplicates counted. */
  readonly by: 'key' | 'row'
  /** At most `sample` keys of added and changed rows, redacted. */
  readonly keys: readonly string[]
}

/**
 * Compares the rows of two tables by key, in at most two statements a side: hashes by bucket, then keys of the buckets
 * that differ, merged as they stream by. Memory does not grow with the tables.
 */
export type CompareRows = (of: {
  readonly left: RowSide
  readonly right: RowSide
  /** Names of the columns that tell rows apart; null takes the primary key that both have, else whole rows. */
  readonly key: readonly string[] | null
  /** SQL by which each side's values are compared, pair by pair; null takes all columns that both have. */
  readonly expressions: readonly { readonly left: string; readonly right: string }[] | null
  readonly sample: number
  readonly signal: AbortSignal
}) => Promise<RowDifference | { readonly why: FindingMessage }>
