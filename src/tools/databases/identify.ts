import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { DatabaseIdentity } from '../../ports/database-tools.ts'
import { databaseOfUrl, withSession } from '../postgres-session.ts'
import { INVALID_LIMIT, withAdmin } from './admin-session.ts'

/** Who a server is, as any session on it can tell. */
export interface Server {
  readonly systemIdentifier: string
  readonly serverVersion: string
  readonly serverVersionNum: number
  /** Physical copies share the system identifier; the moment at which the server started they do not. */
  readonly startedAt: string
  readonly inRecovery: boolean
  readonly dataDirectory: string | null
}

/**
 * Who the target is: asked over its url and over the maintenance connection, which must be the same server.
 * A live database that is held off cannot be asked itself; then the maintenance connection has to do.
 */
export async function identifyDatabase(target: TargetAddress, database?: string): Promise<DatabaseIdentity> {
  const name = database ?? databaseOfUrl(target.url, target.system)
  return withAdmin(target, async (admin) => {
    const server = await readServer(admin)
    if (server.inRecovery)
      throw notExpected(target, 'the maintenance connection leads to a standby, which is read-only')
    const { rows } = await admin.query<{ oid: number; size: string; accepts: boolean; limit: number }>(
      `SELECT oid::int8::float8 AS oid, datallowconn AS accepts, datconnlimit AS "limit",
              CASE WHEN has_database_privilege(oid, 'CONNECT') THEN pg_database_size(oid) ELSE 0 END AS size
         FROM pg_database WHERE datname = $1`,
      [name],
    )
    const [row] = rows
    if (row === undefined) throw new SalvorError('target_gone', { system: target.system, database: name })
    if (row.limit === INVALID_LIMIT) throw new SalvorError('target_invalid', { system: target.system, database: name })
    if (database === undefined && row.accepts) await compareWherePossible(target, server)
    return {
      systemIdentifier: server.systemIdentifier,
      serverVersion: server.serverVersion,
      serverVersionNum: server.serverVersionNum,
      name,
      oid: row.oid,
      sizeBytes: Number(row.size),
      dataDirectoryFreeBytes: await readFreeBytes(target, server.dataDirectory),
    }
  })
}

/**
 * Where live itself cannot be entered, url's role is asked in the maintenance database: it may not be let in there
 * either, and then nothing shows where url leads.
 */
export async function refuseTwoServers(target: TargetAddress): Promise<void> {
  const server = await withAdmin(target, readServer)
  await compareServers(target, server, databaseOfUrl(target.adminUrl, target.system))
}

/** Whoever loads must reach the server where the side database is made: found before the night, not at the load. */
export async function refuseOtherLoader(target: TargetAddress): Promise<void> {
  if (target.loadUrl === undefined) return
  const server = await withAdmin(target, readServer)
  await compareServers({ ...target, url: target.loadUrl }, server, undefined, 'loadUrl')
}

/** A database that is full says nothing about the server: that is asked in the maintenance database then. */
async function compareWherePossible(target: TargetAddress, server: Server): Promise<void> {
  try {
    await compareServers(target, server)
  } catch (thrown) {
    if (!(thrown instanceof SalvorError) || thrown.code !== 'target_connections') throw thrown
    await compareServers(target, server, databaseOfUrl(target.adminUrl, target.system))
  }
}

async function compareServers(
  target: TargetAddress,
  server: Server,
  database?: string,
  key: 'url' | 'loadUrl' = 'url',
): Promise<void> {
  const live = await withSession({ ...target, ...(database === undefined ? {} : { database }) }, readServer)
  if (live.systemIdentifier !== server.systemIdentifier)
    throw notExpected(
      target,
      `${key} leads to system identifier ${live.systemIdentifier}, adminUrl to ${server.systemIdentifier}`,
    )
  if (live.startedAt !== server.startedAt)
    throw notExpected(target, `${key} and adminUrl lead to two copies of one server (they started at different times)`)
}

export async function readServer(client: pg.Client): Promise<Server> {
  const { rows } = await client.query<Server>(
    `SELECT (SELECT system_identifier::text FROM pg_control_system()) AS "systemIdentifier",
            current_setting('server_version') AS "serverVersion",
            current_setting('server_version_num')::int AS "serverVersionNum",
            pg_postmaster_start_time()::text AS "startedAt", pg_is_in_recovery() AS "inRecovery",
            (SELECT setting FROM pg_settings WHERE name = 'data_directory') AS "dataDirectory"`,
  )
  const [server] = rows
  if (server === undefined) throw new Error('the server did not say who it is')
  return server
}

/** Free bytes of the data directory's disk, if the server is on this machine and we may know the folder. */
export async function readFreeBytes(target: TargetAddress, folder: string | null): Promise<number | null> {
  const host = new URL(target.adminUrl).hostname
  if (folder === null || !['localhost', '127.0.0.1', '[::1]', ''].includes(host)) return null
  try {
    await stat(join(folder, 'base'))
    const disk = await statfs(folder)
    return disk.bavail * disk.bsize
  } catch {
    return null
  }
}

function notExpected(target: TargetAddress, seen: string): SalvorError {
  return new SalvorError('target_not_expected', { system: target.system, seen })
}
