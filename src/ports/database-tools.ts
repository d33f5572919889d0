import type { ArchiveNeeds } from '../domain/archive-needs.ts'
import type { LossByTable } from '../domain/content.ts'
import type { DatabaseProperties } from '../domain/database-properties.ts'
import type { DefinitionMarks } from '../domain/definition-marks.ts'
import type { ObjectDefinition } from '../domain/definitions.ts'
import type { HeldRows, Loss } from '../domain/loss.ts'
import type { TargetAddress } from './content-tools.ts'
import type { TableCounts } from './row-difference.ts'

export interface DatabaseIdentity {
  readonly systemIdentifier: string
  readonly serverVersion: string
  readonly serverVersionNum: number
  readonly name: string
  readonly oid: number
  readonly sizeBytes: number
  readonly dataDirectoryFreeBytes: number | null
}

/** The server behind the maintenance connection, and live on it. */
export interface ServerLook {
  readonly systemIdentifier: string
  readonly serverVersion: string
  readonly serverVersionNum: number
  readonly dataDirectoryFreeBytes: number | null
  /** null where there is no database of live's name; `invalid` after an interrupted DROP DATABASE. */
  readonly live: { readonly oid: number; readonly accepts: boolean; readonly invalid: boolean } | null
  readonly databases: readonly { readonly name: string; readonly oid: number }[]
}

/** What the switch does, step by step; `intent` is journaled before the first of them. */
export interface SwitchIntent {
  readonly live: string
  /** null where there is no such database: side only takes the name. */
  readonly liveOid: number | null
  /** Live is what an interrupted DROP DATABASE left: it can be renamed, and nobody can enter it. */
  readonly liveInvalid?: boolean
  readonly side: string
  /** null where nothing takes live's place: the way back to where there was none. */
  readonly sideOid: number | null
  /** The name that the live database gets: `orders_old_1`. */
  readonly old: string
  readonly systemIdentifier: string
  /** What the new live one gets. */
  readonly properties: DatabaseProperties
  /** What live has now, and must still have at the switch; null where there is none. */
  readonly present: DatabaseProperties | null
  /** The comment that the old one gets: whose it is and how long it is kept. */
  readonly seal: string
  /** Write mark from which the recount tells what was written to live (`countLive`). */
  readonly mark: string
  /** What side must still be, once nobody can get at it; absent where nothing was proven of it (undo). */
  readonly proof?: SideProof & { readonly rows: LossByTable }
  /** True if live was held off before, by a freeze: a switch that did not happen leaves it so. */
  readonly wasHeldOff: boolean
}

/** What a side database was when it was proven: any later write to it shows. */
export interface SideProof {
  /** Rows that carry a later transaction were written since. */
  readonly mark: string
  /** Digest over catalogue and sequences. */
  readonly catalogue: string
}

/** Rows of a live database by table, and how many of them were inserted or updated since a write mark. */
export interface LiveCount {
  readonly rows: LossByTable
  readonly written: LossByTable
}

/** What was found, and where each table's writes stood just before it was looked for. */
export interface KnownLoss {
  readonly loss: Loss
  /** What the other side holds, by table; tables that could not be compared are left out. */
  readonly held: { readonly [table: string]: HeldRows }
  /** How the other side has the definitions that differ; null where they were not read, or are too many to keep. */
  readonly definitions: DefinitionMarks | null
  /** What comparing each table counted; tables that one side alone has, or that could not be compared, are left out. */
  readonly counts: { readonly [table: string]: TableCounts }
  /** Empty where the server's counters are no proof: then nothing can be left out of the next look. */
  readonly marks: { readonly [table: string]: string }
}

/** How live is held against the database that would take its place. */
export interface LossQuestion {
  /** Tables whose writes have not moved since are not read again. */
  readonly known: KnownLoss | null
  /** Definitions when the backup was made, as the server wrote them there; null where no record tells. */
  readonly definitions: BackedUpDefinitions | null
  /** What the plan says that migrations of this system make, each with when its migration had ended by its log. */
  readonly makes: readonly { readonly pattern: string; readonly endedAt: string | null }[]
  /** Most keys that are named of one table. */
  readonly sample: number
  /** null where all that live alone has is loss; else rows that came, changed or went since then are. */
  readonly since: LossSince | null
}

/** What a backup's record says of definitions. */
export interface BackedUpDefinitions {
  readonly objects: readonly ObjectDefinition[]
  /** Live is the very database that was backed up, so that a text that differs now is another one. */
  readonly isOfLive: boolean
}

/** From when on live's rows are a loss: what it already had then comes from the backup, not from people. */
export interface LossSince {
  /** Write mark of then. */
  readonly mark: string
  /** What live held then, by table, as KnownLoss.held of the switch that made it live; null where nobody looked. */
  readonly held: { readonly [table: string]: HeldRows } | null
  /** How live had the definitions that the other one has otherwise, as KnownLoss.definitions of that switch. */
  readonly definitions: DefinitionMarks | null
}

/** Live while it is open still, from sessions that stay in it behind the closed door. */
export interface OpenLive {
  /**
   * Compares live with the database that would take its place, and keeps what was found: behind the closed door only
   * what was written since is looked at. `lostRows`: a folder of the worker that is nobody else's, into which rows that
   * go away are written, as SQL that puts them back; null writes none. Throws lost_rows_unwritten. Files are whole or
   * absent; those of the same tables are replaced.
   */
  lookAhead(question: LossQuestion, lostRows: string | null): Promise<KnownLoss>
}

/** Live behind the closed door. */
export interface ClosedLive {
  count(): Promise<LiveCount>
  /** What `lookAhead` found, brought up to now, and the files of lost rows with it. */
  compare(): Promise<KnownLoss>
}

export type SwitchState = 'not_switched' | 'switched' | 'unknown'

/** Creates, drops, compares and switches whole databases over the maintenance connection. */
export interface DatabaseTools {
  /** Who answers at the maintenance connection, and whether live is there: never connects to live itself. */
  lookUp(target: TargetAddress): Promise<ServerLook>
  /** Throws target_not_expected where url leads to another server than the maintenance connection, live or no live. */
  refuseTwoServers(target: TargetAddress): Promise<void>
  /** Throws target_gone or target_invalid where there is nothing to enter. */
  identify(target: TargetAddress, database?: string): Promise<DatabaseIdentity>
  /** Throws target_row_security where policies hide rows of the target's database from the role that dumps it. */
  refuseHiddenRows(target: TargetAddress, database: string): Promise<void>
  /**
   * How many more sessions of a url's role a database lets in. Throws target_limit, with the limit that stands in the
   * way, where these are fewer than needed.
   */
  findRoom(of: {
    readonly target: TargetAddress
    readonly database: string
    readonly url: string
    readonly needed: number
  }): Promise<number>
  /** Throws target_locks where the server has no room for the locks that a dump of the target's database takes. */
  refuseFewLocks(target: TargetAddress): Promise<void>
  /**
   * Throws needs_superuser, load_membership or target_*: rights, roles, space, names, slots, row security, … Live may be
   * gone or invalid.
   */
  preflight(of: {
    readonly target: TargetAddress
    readonly database: string
    readonly sideName: string
    readonly oldName: string
    readonly needs: ArchiveNeeds
    readonly bytesNeeded: number
    /** What the database gets in the end; null for what it has now. */
    readonly wanted: DatabaseProperties | null
  }): Promise<{ readonly findings: readonly string[] }>
  /** From template0 with encoding and locale of `like`, CONNECT revoked from PUBLIC, commented as Salvor's. */
  createSide(of: {
    readonly target: TargetAddress
    readonly name: string
    readonly like: DatabaseProperties
    readonly job: string
  }): Promise<{ readonly oid: number }>
  /**
   * Takes a loaded side database out of everybody's hands but those of the plan's roles until the switch: owner, grants
   * and sessions. Safe to repeat.
   */
  closeSide(of: {
    readonly target: TargetAddress
    readonly name: string
    readonly oid: number
    readonly mayConnect: readonly string[]
  }): Promise<void>
  /** Taken before the side database is compared: the switch refuses whatever was written to it since. */
  readSideProof(target: TargetAddress, side: { readonly name: string; readonly oid: number }): Promise<SideProof>
  /** Only a database that Salvor's comment marks and whose OID is the expected one; no error when it is already gone. */
  dropSide(of: {
    readonly target: TargetAddress
    readonly name: string
    readonly oid: number
  }): Promise<'dropped' | 'absent'>
  /**
   * Side databases that carry the job's mark. `named`: names that were recorded before a creation; one that was
   * created but not yet marked when its maker died (it never accepted a connection) is listed as well.
   */
  listSides(target: TargetAddress, job: string, named?: readonly string[]): Promise<{ name: string; oid: number }[]>
  nextFreeNames(
    target: TargetAddress,
    database: string,
  ): Promise<{ readonly side: string; readonly old: string; readonly undone: string }>
  /** Statistics for the planner, so that the first queries after a switch are fast. */
  analyze(target: TargetAddress, database: string, signal: AbortSignal): Promise<void>
  /** Sessions named `salvor:<step>:*` anywhere on the server: ends them and waits until they are gone. False if some remain. */
  endStepSessions(target: TargetAddress, timeoutMs: number): Promise<boolean>
  /**
   * Rule 6, as far as there are live and side: close side and see that it is what was proven; hold off new connections to live, end sessions, recount over a session that was opened before
   * (`recount` must throw to refuse; it gets what live holds now that nobody writes), then in one
   * transaction check both OIDs, rename twice, carry over properties, seal the old one. On any error before the commit live is opened again.
   */
  switchNames(of: {
    readonly target: TargetAddress
    readonly intent: SwitchIntent
    /** What can be done before live is closed: each second behind the closed door is one in which nobody works. */
    readonly ahead?: (live: OpenLive) => Promise<void>
    readonly recount: (live: ClosedLive) => Promise<void>
    readonly signal: AbortSignal
  }): Promise<{ readonly endedSessions: number; readonly properties: DatabaseProperties }>
  /** The statements of the switch, one by one, for the approval: what `switchNames` will execute. */
  planSwitch(target: TargetAddress, intent: SwitchIntent): Promise<readonly string[]>
  /** What the new live one does not share with the intent's properties, in words; empty is good. */
  compareSwitched(target: TargetAddress, intent: SwitchIntent): Promise<readonly string[]>
  /** Asks the world which side of the switch it is on; reopens a live database that is held off but not switched. */
  settleSwitch(target: TargetAddress, intent: SwitchIntent): Promise<SwitchState>
  holdOff(target: TargetAddress, database: string): Promise<{ readonly endedSessions: number }>
  reopen(target: TargetAddress, database: string): Promise<void>
  acceptsConnections(target: TargetAddress, database: string): Promise<boolean>
  /** Whether the server keeps when each transaction was committed. */
  keepsCommitTimes(target: TargetAddress): Promise<boolean>
  /** Where the cluster's transactions are now, to count from later. */
  readWriteMark(target: TargetAddress): Promise<string>
  /** Exact rows by table over the maintenance role, also of a database that is held off; written since a mark. */
  countLive(of: {
    readonly target: TargetAddress
    readonly database: string
    readonly since: string | null
    readonly signal: AbortSignal
  }): Promise<LiveCount>
  /** What live holds that `other` lacks or holds differently: rows by key, large objects, sequences, objects. */
  compareLive(
    of: LossQuestion & {
      readonly target: TargetAddress
      readonly live: string
      readonly other: string
      readonly signal: AbortSignal
    },
  ): Promise<KnownLoss>
  /** Takes away what was written for a switch that did not happen. */
  removeLost(folder: string): Promise<void>
  /** Where a database is now, by OID; null when it is gone. */
  locate(
    target: TargetAddress,
    oid: number,
  ): Promise<{ readonly name: string; readonly accepts: boolean; readonly comment: string | null } | null>
}
