import type pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { keepNames } from '../keep-names.ts'
import { isBroken } from '../postgres-errors.ts'
import { withTargetSession } from '../postgres-session.ts'

/** hash_record_extended came with this version. */
const NEEDED_VERSION = 140_000
/** Long enough for a passing ALTER TABLE, short enough to say what is in the way. */
const LOCK_TIMEOUT_MS = 60_000

export interface SnapshotOptions {
  readonly target: TargetAddress
  readonly database?: string | undefined
  /** Name of an exported snapshot to see instead of a new one; its transaction must still be open. */
  readonly snapshot?: string | undefined
  readonly signal: AbortSignal
}

/** A read-only transaction in which every statement sees the same moment. */
export interface Snapshot {
  readonly client: pg.Client
  /** Its database's name. */
  readonly database: string
  readonly databaseOid: number
  readonly serverVersion: string
  /** server_version_num: 150018. */
  readonly versionNumber: number
  /** Never earlier than the moment itself: choosing by it errs to the safe side. ISO 8601 UTC. */
  readonly takenAt: string
  /** Transactions from this number on are not in it (64-bit). */
  readonly xmax: string
}

/** Runs `work` in a snapshot on a session of its own. */
export async function withSnapshot<T>(of: SnapshotOptions, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const options = {
    lockTimeoutMs: LOCK_TIMEOUT_MS,
    signal: of.signal,
    ...(of.database === undefined ? {} : { database: of.database }),
  }
  return withTargetSession(of.target, options, async (client) =>
    work(await beginSnapshot(keepNames(client, of.target.system), of)),
  )
}

/** Lets other sessions see the same moment, as long as this transaction is open. */
export async function exportSnapshot(snapshot: Snapshot): Promise<string> {
  const { rows } = await snapshot.client.query<{ id: string }>('SELECT pg_export_snapshot() AS id')
  return rows[0]?.id ?? ''
}

/**
 * Runs `work` so that an error leaves the transaction usable: what cannot be read of one table must not cost the
 * rest. A broken session and an abort are thrown on.
 */
export async function trySavepoint<T>(
  client: pg.Client,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly error: Error }> {
  await client.query('SAVEPOINT one')
  try {
    const value = await work()
    await client.query('RELEASE SAVEPOINT one')
    return { value }
  } catch (thrown) {
    const isMeddled = thrown instanceof SalvorError && thrown.code === 'target_meddled'
    if (signal.aborted || isMeddled || isBroken(thrown) || !(thrown instanceof Error)) throw thrown
    await client.query('ROLLBACK TO SAVEPOINT one')
    return { error: thrown }
  }
}

/** Ends the transaction with its locks and begins another one that sees the same moment. */
export async function moveOn(client: pg.Client, snapshot: string): Promise<void> {
  await client.query(`COMMIT; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SET TRANSACTION SNAPSHOT ${client.escapeLiteral(snapshot)}; ${SETTINGS}`)
}

// The session's search_path makes definitions and reg* values print with their schemas. With row_security off a policy
// raises an error instead of hiding rows.
const SETTINGS = `SET LOCAL row_security = off; SET LOCAL jit = off;
  SELECT set_config('max_parallel_workers_per_gather',
    greatest(2, current_setting('max_parallel_workers_per_gather')::int)::text, true)`

/** Begins a snapshot on a session that is open already; whoever began it ends it. */
export async function beginSnapshot(client: pg.Client, of: SnapshotOptions): Promise<Snapshot> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  if (of.snapshot !== undefined) await client.query(`SET TRANSACTION SNAPSHOT ${client.escapeLiteral(of.snapshot)}`)
  await client.query(SETTINGS)
  const { rows } = await client.query(`
    SELECT current_database() AS name, (SELECT oid FROM pg_database WHERE datname = current_database()) AS oid,
           current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
           pg_snapshot_xmax(pg_current_snapshot())::text AS xmax, clock_timestamp() AS at`)
  const [row] = rows
  if (row.number < NEEDED_VERSION) throw versionError(of.target.system, row.version)
  return {
    client,
    database: row.name,
    databaseOid: Number(row.oid),
    serverVersion: row.version,
    versionNumber: row.number,
    takenAt: (row.at as Date).toISOString(),
    xmax: row.xmax,
  }
}

function versionError(system: string, found: string): SalvorError {
  const fix = 'Fingerprints need a newer server; compare by hand.'
  return new SalvorError('target_version', { system, found, needed: '14 or newer', fix })
}
