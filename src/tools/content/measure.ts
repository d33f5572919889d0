import type { ContentManifest, SequenceContent, TableContent } from '../../domain/content.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { OnTableProgress } from '../../ports/content-tools.ts'
import { readDefinitions } from './definitions/read.ts'
import { LARGE_OBJECTS } from './fingerprint.ts'
import { measureTables, type TableOutcome } from './measure-tables.ts'
import { readProperties } from './read-properties.ts'
import { readRoles } from './read-roles.ts'
import { findBehind, readSequences, type Sequence } from './read-sequences.ts'
import { readTables, type Table } from './read-tables.ts'
import { readExtensionParts, readUnseen } from './read-unseen.ts'
import { exportSnapshot, type Snapshot, type SnapshotOptions, withSnapshot } from './snapshot.ts'
import { readMarks } from './written-since.ts'

export interface MeasureOptions extends SnapshotOptions {
  readonly parallel?: number | undefined
  readonly withCopyBytes?: boolean | undefined
  readonly onProgress?: OnTableProgress | undefined
  /** Hears what will be measured, with sizes on disk. */
  readonly onTables?: (tables: readonly Pick<Table, 'name' | 'bytes'>[]) => void
  /**
   * Called once tables and sequences are read, with the name of the exported snapshot; it stays open until
   * the answer is there. A dump runs in here, beside the measuring; when either fails the other is aborted.
   */
  readonly beside?: (exported: string, signal: AbortSignal) => Promise<void>
}

const DEFAULT_PARALLEL = 2

/** Fingerprints a whole database in one snapshot. A table that cannot be read is an error: half a manifest proves nothing. */
export async function measureContent(asked: MeasureOptions): Promise<ContentManifest> {
  const stop = new AbortController()
  const of = { ...asked, signal: AbortSignal.any([asked.signal, stop.signal]) }
  return withSnapshot(of, async (snapshot) => {
    const { client } = snapshot
    const sequences = await readSequences(of, snapshot)
    const tables = await readTables(client)
    of.onTables?.(tables)
    const marks = await readMarks(snapshot)
    // Whatever else is read of the moment is read beside the dump.
    const beside = of.beside?.(await exportSnapshot(snapshot), of.signal) ?? Promise.resolve()
    const { rest, outcomes } = await both(measureRest(of, snapshot, tables), beside, stop)
    if (rest.properties === null) throw new Error(`no database ${snapshot.database} in pg_database`)
    return {
      version: 1,
      system: of.target.system,
      database: snapshot.database,
      takenAt: snapshot.takenAt,
      serverVersion: snapshot.serverVersion,
      ...rest,
      properties: rest.properties,
      tables: writeTables(of.target.system, tables, outcomes),
      sequences: sequences.map(writeSequence),
      marks,
    }
  })
}

/** Definitions, roles and properties, then the rows of each table. */
async function measureRest(of: MeasureOptions, snapshot: Snapshot, tables: readonly Table[]) {
  const { client } = snapshot
  const rest = {
    definitions: await readDefinitions(client, snapshot.versionNumber),
    unseen: await readUnseen(client),
    extensionParts: await readExtensionParts(snapshot, of.signal),
    roles: await readRoles(client),
    properties: await readProperties(client, snapshot.database),
    systemIdentifier: await readSystemIdentifier(client),
  }
  const outcomes = await measureTables(of, snapshot, tables, {
    withCopyBytes: of.withCopyBytes ?? false,
    withLargeObjects: true,
    parallel: of.parallel ?? DEFAULT_PARALLEL,
    onProgress: of.onProgress,
  })
  return { rest, outcomes }
}

function writeTables(
  system: string,
  tables: readonly Table[],
  outcomes: ReadonlyMap<string, TableOutcome>,
): TableContent[] {
  const names = [...tables.map((table) => table.name), ...(outcomes.has(LARGE_OBJECTS) ? [LARGE_OBJECTS] : [])]
  return names.map((name) => {
    const outcome = outcomes.get(name) ?? { why: 'it was not measured' }
    if ('why' in outcome) throw unreadable(system, name, outcome.why)
    return { name, ...outcome.measure }
  })
}

function writeSequence(sequence: Sequence): SequenceContent {
  const { name, state } = sequence
  return {
    name,
    lastValue: state?.lastValue ?? null,
    called: state?.called ?? false,
    behind: findBehind(sequence),
  }
}

function unreadable(system: string, table: string, why: string): SalvorError {
  const grant = 'SELECT on every table to the role in the plan, and BYPASSRLS where policies hide rows.'
  return new SalvorError('target_rights', {
    role: 'The role in the plan',
    action: `read ${table} (${why})`,
    system,
    grant,
  })
}

/** Waits for both, so that no session outlives the snapshot; the first error ends the other and is the one thrown. */
async function both<T>(first: Promise<T>, second: Promise<void>, stop: AbortController): Promise<T> {
  let failure: { readonly reason: unknown } | undefined
  const fail = (reason: unknown) => {
    failure ??= { reason }
    stop.abort(reason)
  }
  const [one] = await Promise.allSettled([first.catch(rethrowAfter(fail)), second.catch(fail)])
  if (failure !== undefined) throw failure.reason
  if (one.status === 'rejected') throw one.reason
  return one.value
}

function rethrowAfter(note: (reason: unknown) => void): (reason: unknown) => never {
  return (reason) => {
    note(reason)
    throw reason
  }
}

async function readSystemIdentifier(client: { query: (sql: string) => Promise<{ rows: { id: string }[] }> }) {
  const { rows } = await client.query('SELECT system_identifier::text AS id FROM pg_control_system()')
  return rows[0]?.id ?? ''
}
