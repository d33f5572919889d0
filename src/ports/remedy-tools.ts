import type { RejectChoice } from '../domain/rejects.ts'
import type { RemedyEffect, Replayed } from '../domain/remedy.ts'
import type { RowFile, RowsOutcome } from '../domain/repair.ts'
import type { TargetAddress } from './content-tools.ts'

/** SQL of a remedy, read and taken apart. */
export interface RemedySql {
  /** One statement each, comments kept, without the closing semicolon. May hold secrets: never data of a job. */
  readonly statements: readonly string[]
  /** The same for people to read, without credentials. */
  readonly shown: readonly string[]
  /** Of the text, in lower-case hexadecimal. */
  readonly sha256: string
  /** True if the text, comments included, holds what looks like a credential. */
  readonly hides: boolean
  /**
   * The first that is more than plain: other statements than those on data and definitions, or a call of a function that
   * is not known to look only. What SQL that no plan names may not hold where it is tried before anybody has read it.
   */
  readonly beyondPlain: { readonly line: number; readonly seen: string } | null
}

/** Rejects as they are now, by target and code; a file knows no codes, so its code is `-`. */
export interface RejectGroup {
  readonly target: string
  readonly code: string
  readonly rows: number
  /** The server's words of one of them, without row data. */
  readonly message: string
}

/** Files that keep what still failed: written once the transaction has committed. */
export interface RejectRest {
  readonly path: string
  /** SHA-256 of the file that was read: another one is left alone. */
  readonly sha256: string
  /** Lines that were loaded, counted from 1. */
  readonly loaded: readonly number[]
}

/** One row that a dry run changed: its key and the columns that differ; values only where the plan shows row data. */
export interface RowSample {
  readonly table: string
  readonly what: 'inserted' | 'updated' | 'deleted'
  readonly key: string
  readonly columns: readonly string[]
  readonly values?: { readonly [column: string]: { readonly before: string; readonly after: string } }
}

/** A sequence that a dry run moved: it stays moved, whatever is rolled back. */
export interface MovedSequence {
  /** `schema.name`. */
  readonly name: string
  readonly before: string
  readonly after: string
}

export interface Rehearsal {
  readonly effect: RemedyEffect
  readonly sequences: readonly MovedSequence[]
  /** The strongest lock on each table that it took, in PostgreSQL's word for it. */
  readonly locks: readonly { readonly table: string; readonly mode: string }[]
  readonly samples: readonly RowSample[]
  readonly seconds: number
  readonly replay: Replayed | null
  /** Null where no file of rows was run. */
  readonly rows: RowsOutcome | null
}

/** What is known just before the commit; `xid` is a 64-bit transaction id of that cluster. */
export interface BeforeCommit {
  readonly xid: string
  readonly effect: RemedyEffect
  readonly replay: Replayed | null
  readonly rest: readonly RejectRest[]
  readonly rows: RowsOutcome | null
}

export type CommitOutcome =
  | { readonly committed: true; readonly done: BeforeCommit; readonly seconds: number }
  /** Rolled back: it would have done something else than was approved. */
  | {
      readonly committed: false
      readonly effect: RemedyEffect
      readonly replay: Replayed | null
      readonly rows: RowsOutcome | null
      readonly differences: readonly string[]
    }

/** What a remedy is run with. */
export interface RemedyRun {
  readonly target: TargetAddress
  readonly statements: readonly string[]
  readonly rejects: RejectChoice | null
  /**
   * A file of statements, one a row, each of which must find its row as it expects it: throws repair_row_moved. What
   * takes them back is written to `undo` before the transaction ends.
   */
  readonly rows?: { readonly file: RowFile; readonly job: string; readonly undo: string }
  /** Milliseconds that one statement may take. */
  readonly withinMs: number
  /** Milliseconds that all of them may take together; default: no limit. */
  readonly totalMs?: number
  readonly signal: AbortSignal
}

/** Executes remedies of the plan on a live database, each in one transaction, and knows whether it committed. */
export interface RemedyTools {
  /** `text`: SQL itself, `path`: a file that holds it. Throws remedy_refused for what cannot run in one transaction. */
  readSql(of: { readonly text: string; readonly name?: string } | { readonly path: string }): Promise<RemedySql>
  /** Runs all of it and rolls it back. Throws remedy_failed, remedy_locked, remedy_broke_out. */
  rehearse(of: RemedyRun & { readonly showRows: boolean }): Promise<Rehearsal>
  /**
   * Runs all of it again and commits only if it did what `expected` says; `beforeCommit` must have journaled the
   * transaction's number when it returns. Throws like `rehearse`; an error of the COMMIT itself leaves it in doubt.
   */
  commit(
    of: RemedyRun & {
      readonly expected: {
        readonly effect: RemedyEffect
        readonly replay: Replayed | null
        readonly rows?: Pick<RowsOutcome, 'altered'> | null
      }
      readonly beforeCommit: (known: BeforeCommit) => Promise<void>
    },
  ): Promise<CommitOutcome>
  /** What became of a transaction of this cluster; null when the server does not know any more. */
  findOutcome(target: TargetAddress, xid: string): Promise<'committed' | 'aborted' | 'in progress' | null>
  /** Rejects that are there now, by target and code. A source that does not exist has none. */
  countRejects(target: TargetAddress, choice: RejectChoice, signal: AbortSignal): Promise<RejectGroup[]>
  /** Replaces reject files by what still failed, each atomically; the old file is kept beside it under `keptAs`. */
  writeRest(rest: readonly RejectRest[], keptAs: string): Promise<string[]>
  /** Runs argv of the plan to its end; `onLine` gets each line of its output, redacted. On abort the whole tree is killed. */
  runArgv(of: {
    readonly argv: readonly string[]
    readonly cwd: string
    readonly signal: AbortSignal
    readonly onLine: (line: string) => void
    /** A log of it on this machine: what is added there meanwhile counts as its output too. */
    readonly follow?: string
  }): Promise<{ readonly exitCode: number | null; readonly said: string; readonly tail: readonly string[] }>
}
