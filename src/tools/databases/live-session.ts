import type pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { keepNames } from '../keep-names.ts'
import { openSession } from '../postgres-session.ts'
import { type DatabasePlace, findPlaces } from './admin-session.ts'
import { endSessionsIn } from './end-sessions.ts'
import { END_TIMEOUT_MS, writeDoor } from './hold-off.ts'

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
  const open = async () =>
    keepNames(
      await openSession({
        system: target.system,
        url: target.adminUrl,
        database,
        session: target.session,
        ...(signal === undefined ? {} : { signal }),
      }),
      target.system,
    )
  if (place === undefined || place.accepts) return open()
  if ((await readLimit(admin, database)) === 0) return openSealed(admin, target, place, open)
  await admin.query(writeDoor(database, true))
  try {
    return await open()
  } finally {
    await admin.query(writeDoor(database, false))
  }
}

/**
 * Of a sealed database it is said that nobody wrote there, so nobody else gets in meanwhile: while its door stands open
 * its limit lets in superusers alone, or, for a maintenance role that is none, one session. Whoever was quicker is seen,
 * ended and told, since nobody can say any more what that session did.
 */
async function openSealed(
  admin: pg.Client,
  target: TargetAddress,
  { oid, name }: DatabasePlace,
  open: () => Promise<pg.Client>,
): Promise<pg.Client> {
  const { rows } = await admin.query<{ super: boolean }>(
    'SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user',
  )
  const limit = rows[0]?.super === true ? 0 : 1
  await admin.query(writeDoor(name, true, limit))
  const opening = await open().then(
    (session) => ({ session }),
    (error: unknown) => ({ error }),
  )
  await admin.query(writeDoor(name, false, 0))
  const session = 'session' in opening ? opening.session : undefined
  const own = await session?.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const spare = own?.rows.map((row) => row.pid) ?? []
  const { ended, remaining } = await endSessionsIn(admin, { oids: [oid], spare, timeoutMs: END_TIMEOUT_MS })
  if (ended === 0 && remaining.length === 0) {
    if (session !== undefined) return session
    throw 'error' in opening ? opening.error : new Error('no session was opened')
  }
  await session?.end().catch(() => {})
  throw new SalvorError('target_changed', {
    system: target.system,
    seen: `somebody else got into the sealed ${name} while it was looked at`,
  })
}

async function readLimit(admin: pg.Client, database: string): Promise<number> {
  const { rows } = await admin.query<{ limit: number }>(
    'SELECT datconnlimit AS limit FROM pg_database WHERE datname = $1',
    [database],
  )
  return rows[0]?.limit ?? -1
}
