import pg from 'pg'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { openSession } from '../postgres-session.ts'
import { findPlaces } from './admin-session.ts'
import { writeDoor } from './hold-off.ts'

/**
 * A session of the maintenance role in a database that may be held off. ALLOW_CONNECTIONS keeps superusers out as
 * well, so the door is opened for the moment of connecting and closed again at once; who slips in meanwhile is
 * ended by the caller, who counts afterwards.
 */
export async function openLiveSession(
  admin: pg.Client,
  target: TargetAddress,
  database: string,
  signal?: AbortSignal,
): Promise<pg.Client> {
  const [place] = await findPlaces(admin, { names: [database] })
  const open = () =>
    openSession({
      system: target.system,
      url: target.adminUrl,
      database,
      session: target.session,
      ...(signal === undefined ? {} : { signal }),
    })
  if (place === undefined || place.accepts) return open()
  const limit = await readLimit(admin, database)
  await admin.query(writeDoor(database, true))
  try {
    // A sealed database lets nobody in but superusers, whatever its door.
    if (limit === 0) await admin.query(writeLimit(database, -1))
    return await open()
  } finally {
    await admin.query(writeDoor(database, false))
    if (limit === 0) await admin.query(writeLimit(database, 0))
  }
}

async function readLimit(admin: pg.Client, database: string): Promise<number> {
  const { rows } = await admin.query<{ limit: number }>(
    'SELECT datconnlimit AS limit FROM pg_database WHERE datname = $1',
    [database],
  )
  return rows[0]?.limit ?? -1
}

function writeLimit(database: string, limit: number): string {
  return `ALTER DATABASE ${pg.escapeIdentifier(database)} WITH CONNECTION LIMIT ${limit}`
}
