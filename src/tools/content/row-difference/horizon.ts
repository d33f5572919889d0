import type pg from 'pg'
import { trySavepoint } from '../snapshot.ts'

/** What a snapshot could not see yet: by transaction, and by multixact, the stand-in of several lockers of one row. */
export interface Horizon {
  /** The oldest transaction that was not over. */
  readonly xid: bigint
  /** No older multixact can hold a transaction that was not over; null where nobody can say. */
  readonly multixact: bigint | null
}

/** Up to where the two counters stand: nothing that a snapshot sees was done by a later number. */
export interface Reach {
  readonly xid: bigint
  readonly multixact: bigint
}

const TURN = 2n ** 32n

/**
 * The horizon of a session's snapshot. A transaction that was not over has a number from `xid` on, its subtransactions
 * higher ones, and no multixact can hold it that is older than it is. Which was the next one at a moment is known of the
 * last checkpoint, if that is older than every open transaction.
 */
export async function readHorizon(client: pg.Client, signal: AbortSignal): Promise<Horizon> {
  const { rows } = await client.query<{ xmin: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin')
  const xmin = BigInt(rows[0]?.xmin ?? 0)
  const tried = await trySavepoint(client, signal, () =>
    client.query<{ next: string; multixact: string }>(
      'SELECT next_xid AS next, next_multixact_id::text AS multixact FROM pg_control_checkpoint()',
    ),
  )
  const point = 'value' in tried ? tried.value.rows[0] : undefined
  const [epoch = '0', next = '0'] = point?.next.split(':') ?? []
  const isOlder = point !== undefined && BigInt(epoch) * TURN + BigInt(next) <= xmin
  return { xid: xmin, multixact: isOlder ? BigInt(point.multixact) : null }
}

/** How far the counters are by now, in a session whose snapshot is open. */
export async function readReach(client: pg.ClientBase): Promise<Reach> {
  const { rows } = await client.query<{ xid: string; multixact: string }>(
    `SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS xid, (mxid_age('1'::xid)::int8 + 1)::text AS multixact`,
  )
  return { xid: BigInt(rows[0]?.xid ?? 0), multixact: BigInt.asUintN(32, BigInt(rows[0]?.multixact ?? 0)) }
}

/**
 * SQL conditions on the headers of rows. `recent`: who made the row was not over at the horizon. `suspect`: that, or
 * who ended or locked it was not. Every row that one side of the horizon sees and the other does not is a suspect; a
 * suspect may be the same on both. Frozen rows keep their number (since PostgreSQL 9.4). Headers hold 32 bits, so
 * distances are of one turn. They are counted from the horizon, which is the same in both sessions: a mere age() counts
 * from a point that each transaction fixes for itself, and mxid_age() from one that moves with every lock. The
 * difference of two ages is such a distance too, and the cheapest.
 */
export function writeSuspects(horizon: Horizon, reach: Reach): { readonly recent: string; readonly suspect: string } {
  const within = (distance: string, from: bigint, to: bigint) =>
    `((${distance}) & ${TURN - 1n}) < ${BigInt.asUintN(32, to - from)}`
  const ended = (from: bigint, to: bigint) => within(`xmax::text::int8 - ${from % TURN}`, from, to)
  const made = `(SELECT age('${horizon.xid % TURN}'::xid))::int8 - age(xmin)`
  // Numbers below 3 are no transaction's, and have the greatest age.
  const recent = `(age(xmin) < ${TURN / 2n - 1n} AND ${within(made, horizon.xid, reach.xid)})`
  const several = horizon.multixact === null ? 'true' : ended(horizon.multixact, reach.multixact)
  return { recent, suspect: `(${recent} OR (xmax <> '0'::xid AND (${ended(horizon.xid, reach.xid)} OR ${several})))` }
}
