import type pg from 'pg'
import type { ArchiveNeeds } from '../../domain/archive-needs.ts'
import type { DatabaseProperties } from '../../domain/database-properties.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { roleOfUrl } from '../../domain/role-of-url.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { withAdmin } from './admin-session.ts'
import { findConnectionRoom } from './connection-room.ts'
import { refuseOtherLoader } from './identify.ts'
import { refuseFewLocksToLoad } from './lock-room.ts'
import { lookUpServer } from './look-up.ts'
import { NAME_BYTES } from './names.ts'
import { refuseBlockers } from './preflight-blockers.ts'
import { refuseUnloadable } from './preflight-load.ts'
import { refusePropertyRoles } from './preflight-properties.ts'
import { refuseMissingRights } from './preflight-rights.ts'
import { listSecuredTables, refuseHiddenRows } from './preflight-row-security.ts'

/** hash_record_extended, which fingerprints are made of, and client_connection_check_interval came with 14. */
const OLDEST_SERVER = 140_000

export interface PreflightOrder {
  readonly target: TargetAddress
  readonly database: string
  readonly sideName: string
  readonly oldName: string
  readonly needs: ArchiveNeeds
  readonly bytesNeeded: number
  readonly wanted: DatabaseProperties | null
}

/** Everything that would stop the way to the switch, found before anything is changed. Throws target_* errors. */
export async function preflightTarget(order: PreflightOrder): Promise<{ findings: readonly string[] }> {
  const server = await lookUpServer(order.target)
  if (server.serverVersionNum < OLDEST_SERVER) {
    throw new SalvorError('target_version', {
      system: order.target.system,
      found: server.serverVersion,
      needed: 'PostgreSQL 14 or newer',
      fix: 'Restore by hand, or upgrade the server first.',
    })
  }
  refuseSpace(order, server.dataDirectoryFreeBytes)
  await refuseOtherLoader(order.target)
  const findings = await withAdmin(order.target, async (admin) => {
    await refuseMaintenanceDatabase(admin, order)
    await refuseNames(admin, order)
    await refuseUnloadable(admin, order)
    await refuseFewLocksToLoad(admin, order.target.system, order.needs.lockedAtOnce)
    if (order.wanted !== null) await refusePropertyRoles(admin, { target: order.target, wanted: order.wanted })
    await refuseBlockers(admin, order.database)
    const noticed = await refuseMissingRights(admin, order)
    // Nobody can look into a database that is gone or invalid.
    const stands = server.live !== null && !server.live.invalid
    // Whoever counts what would be lost must get in; a closed database is opened for that moment.
    const { target, database } = order
    if (stands && server.live?.accepts) await findConnectionRoom({ target, database, url: target.adminUrl, needed: 1 })
    await refuseHidden(admin, order, stands)
    return noticed
  })
  const space =
    server.dataDirectoryFreeBytes === null
      ? 'free disk space unknown: the server is not on this machine, or its data directory may not be seen'
      : `${formatBytes(server.dataDirectoryFreeBytes)} free, about ${formatBytes(order.bytesNeeded)} needed`
  return { findings: [`PostgreSQL ${server.serverVersion}`, space, ...findings] }
}

function refuseSpace(order: PreflightOrder, free: number | null): void {
  if (free === null || free >= order.bytesNeeded) return
  const facts = { free: formatBytes(free), needed: formatBytes(order.bytesNeeded) }
  throw new SalvorError('target_space', { system: order.target.system, ...facts })
}

async function refuseMaintenanceDatabase(admin: pg.Client, order: PreflightOrder): Promise<void> {
  const { rows } = await admin.query<{ name: string }>('SELECT current_database()::text AS name')
  if (rows[0]?.name !== order.database) return
  const seen = `adminUrl leads into ${order.database} itself, and a database cannot be renamed from within`
  throw new SalvorError('target_not_expected', { system: order.target.system, seen })
}

async function refuseNames(admin: pg.Client, order: PreflightOrder): Promise<void> {
  const names = [order.sideName, order.oldName]
  const long = names.find((one) => Buffer.byteLength(one) > NAME_BYTES)
  if (long !== undefined) {
    const seen = `the name ${long} is longer than ${NAME_BYTES} bytes, PostgreSQL would cut it`
    throw new SalvorError('target_not_expected', { system: order.target.system, seen })
  }
  const { rows } = await admin.query<{ name: string }>(
    'SELECT datname::text AS name FROM pg_database WHERE datname::text = ANY($1)',
    [names],
  )
  const [taken] = rows
  if (taken !== undefined) throw new SalvorError('target_name_taken', { name: taken.name, system: order.target.system })
}

/** Both roles read live and what is loaded. */
async function refuseHidden(
  admin: pg.Client,
  { target, database, needs }: PreflightOrder,
  stands: boolean,
): Promise<void> {
  const { rows } = await admin.query<{ name: string }>('SELECT current_user::text AS name')
  const roles = [roleOfUrl(target.url), ...rows.map((row) => row.name)]
  const tables = [...(stands ? await listSecuredTables(target, database) : []), ...needs.rowSecurity]
  await refuseHiddenRows(admin, { system: target.system, roles, tables })
}

function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}
