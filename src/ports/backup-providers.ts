import type { BackupKind, RestorePoint } from '../domain/content.ts'
import type { ErrorMessage } from '../domain/errors/error-message.ts'
import type { BackupType, ReachedMoment, RecoveryMoment } from '../domain/physical-backup.ts'
import type { Progress } from '../domain/progress.ts'
import type { ArchiveTools } from './archive-tools.ts'
import type { TargetAddress } from './content-tools.ts'

/** A folder of archives that pg_dump wrote. */
export interface DumpPlace {
  readonly kind: 'pg_dump'
  readonly folder: string
}

/** A stanza of pgBackRest, and where one of its backups may be brought up beside everything else. */
export interface StanzaPlace {
  readonly kind: 'pgbackrest'
  /** Number of the entry among the system's `backups` in the plan, from 0. */
  readonly place: number
  readonly stanza: string
  /** null: the tool's own default. */
  readonly configFile: string | null
  readonly scratch: {
    readonly folder: string
    /** The account as which tool and server run where this process is root's; nobody else can change accounts. */
    readonly account: string
    /** Libraries that the scratch server may preload; no other one. */
    readonly preload: readonly string[]
  }
}

export type BackupPlace = DumpPlace | StanzaPlace

/** How a place is: never thrown, so that one place that cannot be read hides no other. */
export interface PlaceState {
  /** Version of the tool; null where it is not there. */
  readonly version: string | null
  /** As `list` has them. */
  readonly backups: readonly RestorePoint[]
  /** Why the place cannot be used. */
  readonly problem: ErrorMessage | null
}

interface CommonProvider<Place extends BackupPlace> {
  readonly kind: Place['kind'] & BackupKind
  /** Every backup of a place, newest first; one that cannot be used is listed with its problem. Cheap. */
  list(place: Place, signal: AbortSignal): Promise<RestorePoint[]>
}

/** Backups of one database, which go straight into an empty one beside live. */
export interface DatabaseProvider extends CommonProvider<DumpPlace> {
  /** Reads a backup to its end. Throws the catalogue's archive_* errors. */
  prove: ArchiveTools['prove']
  /** Loads a whole backup into an empty database that exists. */
  restoreInto: ArchiveTools['load']
  backup: ArchiveTools['dump']
}

/**
 * Backups of a whole cluster. One is brought up as a scratch cluster of Salvor's own, beside everything else, and the
 * one database is copied out of it as an archive: from there on a restore goes the way of every archive.
 */
export interface ClusterProvider<Place extends BackupPlace = StanzaPlace> extends CommonProvider<Place> {
  describe(place: Place, signal: AbortSignal): Promise<PlaceState>
  /**
   * The backup from which a moment is reached, and the moment with its timeline, judged by what is archived. Throws the
   * catalogue's moment_* errors with the nearest that can be reached: before anybody is asked for anything.
   */
  aim(of: {
    readonly place: Place
    /** Backups to choose among, newest first. */
    readonly points: readonly RestorePoint[]
    readonly moment: RecoveryMoment
    readonly signal: AbortSignal
  }): Promise<{ readonly point: RestorePoint; readonly moment: RecoveryMoment }>
  /**
   * All that can be told without restoring: the chain is whole, the WAL that it needs is archived, the moment can be
   * reached, the disk has room. Throws the catalogue's backup_* and scratch_* errors.
   */
  prove(of: {
    readonly place: Place
    readonly point: RestorePoint
    readonly moment: RecoveryMoment | null
    /** All of the place, where somebody has listed them a moment ago; else they are listed anew. */
    readonly listed?: readonly RestorePoint[]
    readonly signal: AbortSignal
    readonly onProgress?: (progress: Progress) => void
  }): Promise<void>
  /**
   * Brings it up, replays WAL to the moment (null: to its own end), and copies the database of `target.url` out. Nothing
   * of the scratch cluster is left but the archive, on any error nothing at all: `tidyUp` answers what could not be removed.
   */
  restoreInto(of: {
    readonly place: Place
    readonly point: RestorePoint
    readonly moment: RecoveryMoment | null
    readonly target: TargetAddress
    readonly jobs: number
    readonly signal: AbortSignal
    readonly onProgress?: (progress: Progress) => void
  }): Promise<{ readonly archive: RestorePoint; readonly reached: ReachedMoment; readonly seconds: number }>
  /** Removes what a job's step left in the scratch folder, its server first. Answers what could not be removed. */
  tidyUp(place: Place, session: TargetAddress['session']): Promise<string[]>
  /** Takes a backup; answers it as the list shows it. */
  backup(of: {
    readonly place: Place
    readonly type: BackupType
    readonly signal: AbortSignal
    readonly onProgress?: (progress: Progress) => void
  }): Promise<RestorePoint>
}

/** One provider for each kind of `backups` in a plan. */
export interface BackupProviders {
  readonly pg_dump: DatabaseProvider
  readonly pgbackrest: ClusterProvider
}
