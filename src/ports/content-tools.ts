import type { ContentManifest, Finding, Rehearsal, Verification, WriteMarks } from '../domain/content.ts'
import type { DatabaseProperties } from '../domain/database-properties.ts'
import type { ObjectDefinition } from '../domain/definitions.ts'
import type { FindingMessage } from '../domain/finding-texts.ts'
import type { ExtensionParts } from '../domain/not-in-backup.ts'
import type { PlanCheck } from '../domain/recovery-plan.ts'
import type { CompareAcross } from './compare-across.ts'
import type { CompareRows } from './row-difference.ts'
import type { WriteRepair } from './write-repair.ts'

/** How a session on a target presents itself: `salvor:<step>:<fence>`, so that it can be found and ended. */
export interface SessionName {
  readonly step: string
  readonly fence: number
  /**
   * Eight hexadecimal digits that tell this Salvor from another one whose jobs have the same numbers and whose
   * targets are on the same server: nobody may end the other's sessions. Stands behind the fence.
   */
  readonly installation?: string
  /** Set unless the plan gives a reason: a role that is, or can become, a superuser is shown the door. */
  readonly refusesSuperuser?: true
}

/** Where a target is. URLs are expanded: keep them out of data, logs and messages. */
export interface TargetAddress {
  readonly system: string
  readonly url: string
  /** Maintenance connection: creates, renames, ends sessions. */
  readonly adminUrl: string
  /** Of a role that loads backups and can do nothing else; where there is none, url's loads. */
  readonly loadUrl?: string
  readonly session: SessionName
}

export interface TableProgress {
  readonly table: string
  readonly bytesDone: number
  readonly bytesTotal: number | null
  readonly tablesDone: number
  readonly tablesTotal: number
}

export type OnTableProgress = (progress: TableProgress) => void

/**
 * What the compared database is to a manifest: the very database of which it was made (`same`), one that its archive
 * made (`restored`), or one of another history (`other`), where an expression may print in another way and mean the same.
 */
export type Kinship = 'same' | 'restored' | 'other'

/** Reads, compares and counts the content of databases. Everything in here is read-only on the target. */
export interface ContentTools {
  /** Fingerprints all tables in one snapshot (its own, or an exported one). `database` replaces the url's. */
  measure(of: {
    readonly target: TargetAddress
    readonly database?: string
    readonly snapshot?: string
    readonly parallel?: number
    /** Measures the length of each table's text COPY too (for progress weights). */
    readonly withCopyBytes?: boolean
    readonly signal: AbortSignal
    readonly onProgress?: OnTableProgress
  }): Promise<ContentManifest>
  /**
   * Compares a database with a manifest: rows and fingerprints of every table, every definition text for text, where
   * sequences stand, properties if asked, the plan's checks.
   * `writtenSince`: when the database is the live one, tables that were written after the manifest become `not_comparable`.
   * Shown by `marks` (of the switch to a restored copy), else by the manifest's own; what cannot be shown, differs.
   */
  compare(of: {
    readonly target: TargetAddress
    readonly database?: string
    readonly manifest: ContentManifest
    readonly against: string
    readonly checks: readonly PlanCheck[]
    readonly tables?: readonly string[]
    readonly properties?: DatabaseProperties
    readonly propertiesOnly?: readonly (keyof DatabaseProperties)[]
    readonly writtenSince?: boolean
    readonly marks?: WriteMarks
    /** As `settings` of runChecks. */
    readonly checksUnder?: Pick<DatabaseProperties, 'settings' | 'roleSettings'>
    /** Default: `same` where the database has the OID of the manifest's marks, else `other`. */
    readonly kinship?: Kinship
    /** Identifies what differs: `Finding.identity`. */
    readonly identify?: boolean
    readonly signal: AbortSignal
    readonly onProgress?: OnTableProgress
  }): Promise<Verification>
  /** Runs the plan's checks, each READ ONLY under a statement_timeout. */
  runChecks(of: {
    readonly target: TargetAddress
    readonly database?: string
    readonly checks: readonly PlanCheck[]
    /**
     * Settings of a database and of roles in it that this one will have, and has not yet: the checks are asked as they
     * will be asked then.
     */
    readonly settings?: Pick<DatabaseProperties, 'settings' | 'roleSettings'>
    readonly identify?: boolean
    readonly signal: AbortSignal
  }): Promise<Finding[]>
  /** Names rows by primary key that differ between two databases, table by table: keys only, no row data. */
  narrow(of: {
    readonly left: { readonly target: TargetAddress; readonly database?: string }
    readonly right: { readonly target: TargetAddress; readonly database?: string }
    readonly tables: readonly string[]
    /** Most keys that are named of one table. */
    readonly limit: number
    readonly signal: AbortSignal
  }): Promise<{ readonly table: string; readonly keys: readonly string[]; readonly why: FindingMessage | null }[]>
  /** Rows of one table against those of another, by key and by what the plan compares. */
  readonly compareRows: CompareRows
  /** Two databases, across a schema that changed. */
  readonly compareAcross: CompareAcross
  /** The SQL that brings rows of another database into this one. */
  readonly writeRepair: WriteRepair
  /** Keeps a manifest as a file for later: whole or absent, named after database and time. */
  keepManifest(folder: string, manifest: ContentManifest): Promise<{ readonly path: string; readonly sha256: string }>
  /** Reads a kept manifest; one that is gone or not the kept one throws archive_hash_differs. */
  readKeptManifest(kept: { readonly path: string; readonly sha256: string }): Promise<ContentManifest>
  /** Definitions and where sequences stand, without a look at rows. */
  readSchema(of: {
    readonly target: TargetAddress
    readonly database?: string
    readonly signal: AbortSignal
  }): Promise<{
    readonly serverVersion: string
    readonly definitions: readonly ObjectDefinition[]
    readonly sequences: Rehearsal['sequences']
    readonly extensionParts: ExtensionParts
  }>
  readProperties(of: { readonly target: TargetAddress; readonly database: string }): Promise<DatabaseProperties>
}
