import type pg from 'pg'
import type { ObjectDefinition } from '../../../domain/definitions.ts'
import type { TableLoss } from '../../../domain/loss.ts'
import type { KnownLoss, LossQuestion, LossSince } from '../../../ports/database-tools.ts'
import type { Table } from '../read-tables.ts'
import type { Snapshot, SnapshotOptions } from '../snapshot.ts'
import type { Horizon } from './horizon.ts'
import type { Place } from './places.ts'
import type { RowFiles } from './row-files.ts'
import type { TableMarks } from './table-marks.ts'

export interface WholeOptions extends SnapshotOptions {
  readonly sample: number
  readonly since: LossSince | null
  readonly redact: (text: string) => string
  /** What was found before, and the marks of then: tables whose mark has not moved are not read again. */
  readonly known: KnownLoss | null
  readonly marks: TableMarks
  /** Into which rows that go away are written; tables that have some are read even if they are known. */
  readonly files: RowFiles | null
  /** The look whose snapshot of live is open still: tables that moved are brought up to now by what moved in them. */
  readonly earlier?: EarlierLook | undefined
  readonly definitions: LossQuestion['definitions']
  /** Those of the other side, where they were read before. */
  readonly otherDefinitions?: readonly ObjectDefinition[] | undefined
  /** The role of a table that only live has. */
  readonly roleOf: (
    client: pg.ClientBase,
    table: Pick<Table, 'name' | 'relation' | 'sqlName'>,
  ) => Promise<TableLoss['role']>
}

/** One comparison, with what a later one needs to go on from it. */
export interface Look {
  readonly known: KnownLoss
  readonly live: Snapshot
  readonly shapes: TableMarks['shapes']
  readonly ours: ReadonlyMap<string, Place>
  readonly theirs: ReadonlyMap<string, Place>
  /**
   * Tables whose rows this look itself read in its snapshot of live. What was taken over of an earlier one was counted
   * in another snapshot, and the server tells late that a table was written: rows may have come between the two.
   */
  readonly read: ReadonlySet<string>
  /** Condition on rows of live that came or were changed since. */
  readonly after: string | null
}

export interface EarlierLook extends Look {
  readonly horizon: Horizon
}
