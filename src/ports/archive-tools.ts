import type { ArchiveNeeds } from '../domain/archive-needs.ts'
import type { ArchiveManifest, LoadDoubt, Rehearsal, RestorePoint } from '../domain/content.ts'
import type { Progress } from '../domain/progress.ts'
import type { OnTableProgress, TargetAddress } from './content-tools.ts'

/** The files of an archive as the file system knew them at one moment; nanoseconds and inodes as text. */
export interface ArchiveIdentity {
  readonly files: readonly {
    /** Inside the folder; `.` is the archive itself. */
    readonly path: string
    readonly device: string
    readonly inode: string
    readonly size: number
    readonly mtime: string
    readonly ctime: string
  }[]
  /** On a disk of this machine, whose times can be believed. */
  readonly local: boolean
}

/** Lists, proves, writes and loads pg_dump archives. */
export interface ArchiveTools {
  /** Every archive of a folder, newest first; unreadable ones are listed with their problem, never thrown. Cheap. */
  list(folder: string): Promise<RestorePoint[]>
  readManifest(point: RestorePoint): Promise<ArchiveManifest | null>
  /**
   * Reads an archive to its end (`pg_restore -f /dev/null`) and its files' sha256 against the manifest.
   * Throws the catalogue's archive_* errors. Answers the archive hash: the manifest's, or of the files now.
   */
  prove(of: {
    readonly point: RestorePoint
    /** How many programs read at once; default: 1. */
    readonly readers?: number
    readonly signal: AbortSignal
    readonly onProgress?: (progress: Progress) => void
  }): Promise<{
    readonly archiveHash: string
    readonly identity: ArchiveIdentity
    /** What loading it asks of the server and of the role that loads. */
    readonly needs: ArchiveNeeds
    readonly tocEntries: number
  }>
  /** pg_dump with an exported snapshot and the sidecar manifest from the same snapshot; both appear under their final names only when whole. */
  dump(of: {
    readonly target: TargetAddress
    readonly folder: string
    readonly jobs: number
    /** Sessions that measure at the same time; 0 leaves that to the one that keeps the snapshot. */
    readonly parallel?: number
    /** Of which moment the content is, where that is not now. */
    readonly asOf?: string
    readonly signal: AbortSignal
    readonly onProgress?: OnTableProgress
  }): Promise<{ readonly point: RestorePoint; readonly manifest: ArchiveManifest }>
  /** Removes what killed attempts of a step left unfinished in a folder; answers their names. */
  removeUnfinished(folder: string, step: string): Promise<string[]>
  /**
   * `pg_restore -j N --exit-on-error` of a whole archive into an empty database that exists.
   * Progress comes from the manifest's weights where there is one, else from the archive's table of contents.
   * Throws archive_hash_differs where the files before or after are not those that were proven.
   */
  load(of: {
    readonly point: RestorePoint
    readonly proven: { readonly archiveHash: string; readonly identity: ArchiveIdentity }
    readonly manifest: ArchiveManifest | null
    readonly target: TargetAddress
    readonly database: string
    /** Whose it is to be, where a role of its own loads it. */
    readonly owner: string
    readonly jobs: number
    readonly signal: AbortSignal
    readonly onProgress?: (progress: Progress) => void
  }): Promise<{ readonly seconds: number; readonly argv: readonly string[] }>
  /**
   * The commands that `load` starts one after the other, with the program that it chooses for such a server, without a
   * secret in them. Throws as that choice does.
   */
  foreseeLoad(of: {
    readonly point: RestorePoint
    readonly target: TargetAddress
    readonly database: string
    readonly serverVersion: string
    readonly jobs: number
  }): Promise<readonly (readonly string[])[]>
  /**
   * Loads everything but rows and large objects into an empty database that exists, and tries what rows will go
   * through. Throws as `load` does, archive_unloadable too. `filled` tells which tables have rows. Answers what hangs
   * on the order in which tables are loaded.
   */
  loadSchema(of: {
    readonly point: RestorePoint
    readonly target: TargetAddress
    readonly database: string
    /** As of `load`. */
    readonly owner: string
    readonly filled: (table: string) => boolean
    readonly signal: AbortSignal
  }): Promise<{ readonly doubts: readonly LoadDoubt[] }>
  /**
   * Which versions of pg_dump and pg_restore on this machine serve a server of this major version: the one that would
   * dump it and load into it, else the newest; null where there is none.
   */
  findPrograms(server: number): Promise<{ readonly dump: string | null; readonly restore: string | null }>
  /** Writes into an archive's manifest how the archive brings its definitions back. */
  keepRehearsal(point: RestorePoint, rehearsal: Rehearsal): Promise<void>
}
