import type pg from 'pg'
import { trySavepoint } from '../snapshot.ts'

/** What a snapshot could not see yet: by transaction, and by multixact, the stand-in of several lockers of one row. */
export interface Horizon {
  /** The oldest transaction that was not over, in the 32 bits that a row's header holds. */
  readonly xid: string
  /** As many of the newest multixacts can hold a transaction that was not over; null where nobody can say. */
  readonly multixacts: number | null
}

const TURN = 2n ** 32n
/** Far more multixacts than come between two readings of one counter. */
const SPARE = 1_000_000

/**
 * The horizon of a session's snapshot. A transaction that was not over has a number from `xid` on, its subtransactions
 * higher ones, and no multixact can hold it that is older than it is. How many there have been since a moment is known
 * from the last checkpoint, if that is older than every open transaction.
 */
export async function readHorizon(client: pg.Client, signal: AbortSignal): Promise<Horizon> {
  const { rows } = await client.query<{ xmin: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin')
  const xmin = BigInt(rows[0]?.xmin ?? 0)
  const tried = await trySavepoint(client, signal, () =>
    client.query<{ next: string; since: number }>(
      'SELECT next_xid AS next, mxid_age(next_multixact_id) AS since FROM pg_control_checkpoint()',
    ),
  )
  const point = 'value' in tried ? tried.value.rows[0] : undefined
  const [epoch = '0', next = '0'] = point?.next.split(':') ?? []
  const isOlder = point !== undefined && BigInt(epoch) * TURN + BigInt(next) <= xmin
  return { xid: String(xmin % TURN), multixacts: isOlder ? point.since + SPARE : null }
}

/**
 * SQL conditions on the headers of rows. `recent`: who made the row was not over at the horizon. `suspect`: that, or
 * who ended or locked it was not. Every row that one side of the horizon sees and the other does not is a suspect; a
 * suspect may be the same on both. Frozen rows keep their number (since PostgreSQL 9.4), and age() compares in turns.
 */
export function writeSuspects({ xid, multixacts }: Horizon): { readonly recent: string; readonly suspect: string } {
  const horizon = `(SELECT age('${xid}'::xid))`
  const recent = `age(xmin) <= ${horizon}`
  const several = multixacts === null ? 'true' : `mxid_age(xmax) BETWEEN 1 AND ${multixacts}`
  return { recent, suspect: `(${recent} OR (xmax <> '0'::xid AND (age(xmax) <= ${horizon} OR ${several})))` }
}
