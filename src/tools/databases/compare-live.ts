import type pg from 'pg'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { DatabaseTools, KnownLoss, LossQuestion } from '../../ports/database-tools.ts'
import type { WholeOptions } from '../content/row-difference/look.ts'
import { readTableMarks } from '../content/row-difference/table-marks.ts'
import { diffDatabases } from '../content/row-difference/whole-database.ts'
import { beginSnapshot } from '../content/snapshot.ts'
import type { Redact } from '../redact.ts'
import { findPlaces, withAdmin } from './admin-session.ts'
import { endSessionsIn } from './end-sessions.ts'
import { tellRole } from './leftovers.ts'
import { openLiveSession } from './live-session.ts'

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
        return await compareOpen({ ...of, client, other, redact })
      } finally {
        await other.end().catch(() => {})
      }
    } finally {
      await client.end().catch(() => {})
    }
  })

interface OpenQuestion extends LossQuestion {
  readonly target: TargetAddress
  readonly client: pg.Client
  readonly other: pg.Client
  readonly signal: AbortSignal
  /** For the sample of keys, which are row data. */
  readonly redact: Redact
}

/** The same with sessions that are open already. */
async function compareOpen(of: OpenQuestion): Promise<KnownLoss> {
  const { target, client, other, signal } = of
  try {
    // Before the snapshot: what is written in between moves the mark later on.
    const marks = await readTableMarks(client)
    const left = await beginSnapshot(client, { target, signal })
    const right = await beginSnapshot(other, { target, signal })
    const roleOf: WholeOptions['roleOf'] = (session, table) => tellRole(session, table, of.makes)
    return (await diffDatabases(left, right, { ...of, marks, files: null, roleOf })).known
  } finally {
    for (const one of [client, other]) await one.query('ROLLBACK').catch(() => {})
  }
}

/** Who slipped in while the door of a held-off database stood open. */
async function endOthers(admin: pg.Client, oid: number, client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await endSessionsIn(admin, { oids: [oid], spare: rows.map((row) => row.pid), timeoutMs: 5000 })
}
