import type pg from 'pg'
import type { DatabaseTools, KnownLoss } from '../../ports/database-tools.ts'
import type { Redact } from '../redact.ts'
import { findPlaces, withAdmin } from './admin-session.ts'
import { endSessionsIn } from './end-sessions.ts'
import { openLiveSession } from './live-session.ts'
import { lookOnce } from './look-once.ts'

type CompareLive = Parameters<DatabaseTools['compareLive']>[0]

/** Live against the database that would take its place, over the maintenance role; either may be held off. */
export const compareLiveDatabase = ({ live, ...of }: CompareLive, redact: Redact): Promise<KnownLoss> =>
  withAdmin(of.target, async (admin) => {
    const [place] = await findPlaces(admin, { names: [live] })
    const client = await openLiveSession(admin, of.target, live, of.signal)
    try {
      if (place?.accepts === false) await endOthers(admin, place.oid, client)
      const other = await openLiveSession(admin, of.target, of.other, of.signal)
      try {
        return (await lookOnce({ ...of, live: client, other, redact }, { question: of, known: of.known })).known
      } finally {
        await other.end().catch(() => {})
      }
    } finally {
      await client.end().catch(() => {})
    }
  })

/** Who slipped in while the door of a held-off database stood open. */
async function endOthers(admin: pg.Client, oid: number, client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await endSessionsIn(admin, { oids: [oid], spare: rows.map((row) => row.pid), timeoutMs: 5000 })
}
