import type { Snapshot } from '../snapshot.ts'
import type { Place } from './places.ts'
import type { LostKind, LostRow } from './recount.ts'

/** Files into which rows that go away are written while they are compared. */
export interface RowFiles {
  /** Begins those of a table anew; null for what no statement can put back. */
  open(live: Snapshot, one: Place, two: Place | undefined): Promise<TableFiles | null>
  /** Those of a table that were kept already. */
  find(table: string): TableFiles | undefined
  /** Takes away those of a table that were kept already: it is told anew, or has no lost rows any more. */
  drop(table: string): Promise<void>
}

/** Those of one table; what cannot be written throws lost_rows_unwritten. */
export interface TableFiles {
  /** SQL of a row's values, for `extra` of a RowSpec. */
  readonly values: string
  /** `first` in ascending order; null where rows come in no order. */
  write(kind: LostKind, row: { readonly first: bigint | null; readonly extra: string | null }): Promise<void>
  keep(): Promise<void>
  discard(): Promise<void>
  /** Takes away what was kept. */
  remove(): Promise<void>
  /** Takes rows out of what was kept and puts others in; false where that cannot be done. */
  amend(of: { readonly kept: readonly LostRow[]; readonly lost: readonly LostRow[] }): Promise<boolean>
}
