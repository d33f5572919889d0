import type { DatabaseProperties, LossByTable } from '../domain/content.ts'
import type { TargetAddress } from './content-tools.ts'

export interface DatabaseIdentity {
  readonly systemIdentifier: string
  readonly serverVersion: string
  readonly serverVersionNum: number
  readonly name: string
  readonly oid: number
  readonly sizeBytes: number
  readonly dataDirectoryFreeBytes: number | null
}

/** What the switch does, step by step; `intent` is journaled before the first of them. */
export interface SwitchIntent {
  readonly live: string
  readonly liveOid: number
  readonly side: string
  readonly sideOid: number
  /** The name that the live database gets: `orders_old_1`. */
  readonly old: string
  readonly systemIdentifier: string
  readonly properties: DatabaseProperties
}

export type SwitchState = 'not_switched' | 'switched' | 'unknown'

/** Creates, drops, compares and switches whole databases over the maintenance connection. */
export interface DatabaseTools {
  identify(target: TargetAddress, database?: string): Promise<DatabaseIdentity>
  /** Throws target_* errors: rights, roles, space, names, prepared transactions, slots, subscriptions. */
  preflight(of: {
    readonly target: TargetAddress
    readonly database: string
    readonly sideName: string
    readonly oldName: string
    readonly rolesNeeded: readonly string[]
    readonly bytesNeeded: number
  }): Promise<{ readonly findings: readonly string[] }>
  /** From template0 with encoding and locale of `like`, CONNECT revoked from PUBLIC, commented as Salvor's. */
  createSide(of: {
    readonly target: TargetAddress
    readonly name: string
    readonly like: DatabaseProperties
    readonly job: string
  }): Promise<{ readonly oid: number }>
  /** Only a database that Salvor's comment marks and whose OID is the expected one; no error when it is already gone. */
  dropSide(of: {
    readonly target: TargetAddress
    readonly name: string
    readonly oid: number
  }): Promise<'dropped' | 'absent'>
  listSides(target: TargetAddress, job: string): Promise<{ name: string; oid: number }[]>
  nextFreeNames(target: TargetAddress, database: string): Promise<{ readonly side: string; readonly old: string }>
  /** Sessions named `salvor:<step>:*` anywhere on the server: ends them and waits until they are gone. False if some remain. */
  endStepSessions(target: TargetAddress, step: string, timeoutMs: number): Promise<boolean>
  /**
   * Rule 6: hold off new connections, end sessions, recount (`recount` must throw to refuse), then in one
   * transaction check both OIDs, rename twice, carry over properties, seal the old one. On any error before the commit live is opened again.
   */
  switchNames(of: {
    readonly target: TargetAddress
    readonly intent: SwitchIntent
    readonly recount: () => Promise<void>
    readonly signal: AbortSignal
  }): Promise<{ readonly endedSessions: number; readonly properties: DatabaseProperties }>
  /** Asks the world which side of the switch it is on; reopens a live database that is held off but not switched. */
  settleSwitch(target: TargetAddress, intent: SwitchIntent): Promise<SwitchState>
  holdOff(target: TargetAddress, database: string): Promise<{ readonly endedSessions: number }>
  reopen(target: TargetAddress, database: string): Promise<void>
  acceptsConnections(target: TargetAddress, database: string): Promise<boolean>
  /** Rows written since, from pg_stat_user_tables' counters: inserted + updated + deleted by table. */
  countWrites(target: TargetAddress, database: string): Promise<LossByTable>
}
