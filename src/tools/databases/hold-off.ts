import pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import { roleOfUrl } from '../../domain/role-of-url.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { findPlaces, withAdmin } from './admin-session.ts'
import { endSessionsIn } from './end-sessions.ts'

/** How long sessions may take to go, in milliseconds; a session in the middle of a large rollback needs some. */
export const END_TIMEOUT_MS = 20_000

/** Opens or closes a database for new connections, superusers' included. It bites once it is committed. */
export function writeDoor(database: string, open: boolean, limit?: number): string {
  const most = limit === undefined ? '' : ` CONNECTION LIMIT ${limit}`
  return `ALTER DATABASE ${pg.escapeIdentifier(database)} WITH ALLOW_CONNECTIONS ${open}${most}`
}

/** Closes a database for new connections and ends those that are there. On failure it is opened again. */
export function holdOffDatabase(target: TargetAddress, database: string): Promise<{ endedSessions: number }> {
  return withAdmin(target, async (admin) => {
    const oid = await needOid(admin, target, database)
    await admin.query(writeDoor(database, false))
    const { ended, remaining } = await endSessionsIn(admin, { oids: [oid], spare: [], timeoutMs: END_TIMEOUT_MS })
    if (remaining.length === 0) return { endedSessions: ended }
    await admin.query(writeDoor(database, true))
    throw refuseRemaining(target, remaining)
  })
}

export async function reopenDatabase(target: TargetAddress, database: string): Promise<void> {
  await withAdmin(target, (admin) => admin.query(writeDoor(database, true)))
}

export function acceptsConnections(target: TargetAddress, database: string): Promise<boolean> {
  return withAdmin(target, async (admin) => (await findPlaces(admin, { names: [database] }))[0]?.accepts ?? false)
}

/** Sessions that would not go: mostly a superuser's, which only a superuser can end. */
export function refuseRemaining(target: TargetAddress, remaining: readonly string[]): SalvorError {
  const role = roleOfUrl(target.adminUrl)
  return new SalvorError('target_rights', {
    role,
    action: `end the sessions of ${remaining.join(', ')}`,
    system: target.system,
    grant: `end them by hand, or GRANT pg_signal_backend TO ${role}; sessions of superusers need a superuser.`,
  })
}

async function needOid(admin: pg.Client, target: TargetAddress, database: string): Promise<number> {
  const [place] = await findPlaces(admin, { names: [database] })
  if (place !== undefined) return place.oid
  throw new SalvorError('target_changed', { system: target.system, seen: `there is no database ${database}` })
}
