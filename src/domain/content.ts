import type { DatabaseProperties } from './database-properties.ts'
import type { DefinitionChanges, ObjectDefinition } from './definitions.ts'
import type { ErrorMessage } from './errors/error-message.ts'
import type { FindingMessage } from './finding-texts.ts'
import type { Json } from './json.ts'
import type { ExtensionParts, NotInBackup } from './not-in-backup.ts'
import type { PhysicalBackup } from './physical-backup.ts'

/** Rows by `schema.table`: the most that may be lost by a step, or what a table holds. Tables with zero are left out. */
export type LossByTable = { readonly [table: string]: number }

/** What one relation held in one snapshot. */
export interface TableContent {
  /** `schema.table` as writeName writes it: unquoted, unless a part holds a dot or a quote. */
  readonly name: string
  readonly rows: number
  /** Length of the table's text COPY, header and trailer excluded; null when it was not measured. */
  readonly copyBytes: number | null
  /** Sum over rows of a 64-bit hash, which tools/content/row-hash.ts writes, in decimal digits. */
  readonly fingerprint: string
}

/** Where a sequence stands. Its definition is among the definitions. */
export interface SequenceContent {
  readonly name: string
  /** null where the role may not read it. */
  readonly lastValue: string | null
  /** Whether `lastValue` was given out; else it is the next one. */
  readonly called: boolean
  /** Columns that already hold the next value or a later one, with the furthest that they hold. */
  readonly behind: readonly { readonly column: string; readonly reaches: string }[]
}

/**
 * How an archive brings definitions and sequences back, seen by loading its schema into an empty database: expressions
 * print in another way after a dump and restore, and what a dump leaves out is not there.
 */
export interface Rehearsal {
  /** Of the server on which it was made. */
  readonly serverVersion: string
  readonly at: string
  /** What turns the manifest's own definitions into those that came back. */
  readonly definitions: DefinitionChanges
  readonly sequences: readonly Omit<SequenceContent, 'behind'>[]
  /** What the extensions brought with them. */
  readonly extensionParts?: ExtensionParts
  /** What may load or not. */
  readonly doubts?: readonly LoadDoubt[]
}

/** A check that asks other tables: whether its own loads hangs on the order in which they are filled. */
export interface LoadDoubt {
  readonly object: string
  readonly reads: readonly string[]
}

/**
 * A moment after which writes can be shown on the same database: what differs since then may be work, not damage.
 * Counters are pg_stat_user_tables' inserted + updated + deleted by table, zero left out.
 */
export interface WriteMarks {
  readonly databaseOid: number
  readonly writes: LossByTable
  /** 64-bit number of the first transaction that is later; null where only counters were kept. */
  readonly xmax: string | null
}

/** Rows, bytes and fingerprints of a whole database, taken in one snapshot. */
export interface ContentManifest {
  readonly version: 1
  readonly system: string
  readonly database: string
  /** Time of the snapshot, ISO 8601 UTC. */
  readonly takenAt: string
  readonly serverVersion: string
  readonly systemIdentifier: string
  readonly tables: readonly TableContent[]
  readonly sequences: readonly SequenceContent[]
  /** Everything but rows, in the server's own words. */
  readonly definitions: readonly ObjectDefinition[]
  /** How the archive brings them back; only archives have one, and not each. */
  readonly rehearsal?: Rehearsal
  /** What the role that measured could not see, or no dump holds; see listNotInBackup. */
  readonly unseen?: readonly NotInBackup[]
  readonly extensionParts?: ExtensionParts
  /** Roles that the content needs (owners and grantees). */
  readonly roles: readonly string[]
  readonly properties: DatabaseProperties
  /** Evidence for what was written to this very database after the manifest. */
  readonly marks?: WriteMarks
}

/** The sidecar manifest of an archive: its content and the files that carry it. */
export interface ArchiveManifest extends ContentManifest {
  readonly archive: {
    readonly format: 'custom' | 'directory'
    /** Relative to the archive; for a custom-format file the one name `.`. */
    readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[]
    /** SHA-256 over the canonical JSON of `files`: the archive hash that approvals bind. */
    readonly sha256: string
    /** Session name of the step that wrote it (`salvor:backup-3/dump:1`): whose work a whole archive is. */
    readonly madeBy?: string
  }
}

/** The database that an archive was made of, as archive and manifest say; numbers only where a manifest tells them. */
export interface ArchiveSource {
  readonly database: string
  readonly systemIdentifier: string | null
  readonly databaseOid: number | null
}

/** The tools that make and restore backups; each has a provider of its own. */
export const backupKinds = ['pg_dump', 'pgbackrest'] as const
export type BackupKind = (typeof backupKinds)[number]

/** A point to which a system can be brought back. */
export interface RestorePoint {
  /**
   * What people type after `--backup`: `d-0130` from an archive's name and time, longer where that is not unique; the
   * tool's own label for a physical backup.
   */
  readonly id: string
  readonly kind: BackupKind
  readonly path: string
  readonly format: 'custom' | 'directory' | 'physical'
  /** What only a backup of a whole cluster has. */
  readonly physical?: PhysicalBackup
  /** Time of the snapshot (manifest), of the archive's header, or of a physical backup's end; ISO 8601 UTC. */
  readonly takenAt: string
  readonly bytes: number
  readonly hasManifest: boolean
  readonly archiveHash: string | null
  readonly tables: number
  readonly rows: number | null
  readonly serverVersion: string
  /** Of which database it says it was made. */
  readonly source: ArchiveSource
  /** Why it cannot be used. */
  readonly problem: ErrorMessage | null
  /** Seconds, and where they come from: a measured restore, the manifest, or null for no estimate. */
  readonly predicted: { readonly seconds: number; readonly from: 'measured' | 'manifest' } | null
}

export type TableVerdict = 'equal' | 'differs' | 'missing' | 'extra' | 'not_comparable'

/** One thing that was compared. */
export interface Finding {
  /** `table`, `constraint`, `index`, `sequence`, `check`, `property`, `object`. */
  readonly subject: 'table' | 'constraint' | 'index' | 'sequence' | 'check' | 'property' | 'object'
  readonly name: string
  readonly verdict: TableVerdict
  readonly expected: Json
  readonly found: Json
  /** Why it differs or cannot be compared; null where it is equal. */
  readonly why: FindingMessage | null
  /** What tells a changed content from this one where `expected` and `found` do not; never leaves the comparison. */
  readonly evidence?: string
  /** Digest of all that was seen, before anything was hidden or cut; only where it was asked for. */
  readonly identity?: string
}

/** How many of a kind are equal, of how many that were looked at. */
export type Tally = { readonly proven: number; readonly total: number }

/** The outcome of a comparison. Green only if `differing` and `unproven` are empty. */
export interface Verification {
  readonly database: string
  readonly against: string
  readonly at: string
  readonly seconds: number
  readonly tables: Tally
  readonly definitions: Tally
  readonly sequences: Tally
  readonly properties: Tally
  readonly checks: { readonly passed: number; readonly total: number }
  readonly differing: readonly Finding[]
  readonly unproven: readonly Finding[]
  /** Written since, or computed anew by a restore: neither green nor red. */
  readonly notComparable: readonly Finding[]
  /** True of both sides, and worth knowing. */
  readonly noticed: readonly Finding[]
  /** All tables with their rows, for reports. */
  readonly rowsByTable: LossByTable
}
