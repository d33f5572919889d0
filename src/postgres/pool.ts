import pg from 'pg'
import type { Log } from '../ports/log.ts'

/**
 * bigint columns of the store are counters far below 2^53, so numbers are safe and spare every reader a conversion.
 * Set for the store's clients only: a target's bigints may be larger.
 */
export const storeTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8
      ? Number
      : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}

/**
 * The store's pool. Idle clients that the server ends (restart, failover) must not crash the process, hence the
 * error handler; statements that hang are ended by the server, because a client-side timeout leaves them running.
 */
export function openPool(url: string, name: string, log: Log, max = 10): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    types: storeTypes,
    max,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 20_000,
    idle_in_transaction_session_timeout: 20_000,
    keepAlive: true,
  })
  pool.on('error', (error) => log.warn({ error: error.message }, 'store connection lost while idle'))
  return pool
}

/**
 * Clients of a pool that transactions leave to others. A move looks up who holds a lock or what the plan says on a
 * client of its own: if transactions could take all of them, each would wait for the others until its time is over.
 */
const SPARE = 3
/** Milliseconds after which a transaction has waited for its turn in vain: longer than a statement may take. */
const TURN_MS = 30_000

interface Gate {
  free: number
  readonly waiting: (() => void)[]
}
const gates = new WeakMap<pg.Pool, Gate>()

function gateOf(pool: pg.Pool): Gate {
  const known = gates.get(pool)
  if (known) return known
  const gate = { free: Math.max(1, pool.options.max - SPARE), waiting: [] }
  gates.set(pool, gate)
  return gate
}

/**
 * One checked-out client inside a transaction, rolled back on any error; the client is discarded if that fails. As many
 * at a time as leave the pool some clients; others wait for their turn. Never one within another.
 */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const gate = gateOf(pool)
  if (gate.free > 0) gate.free -= 1
  else await waitTurn(gate)
  try {
    return await transact(pool, work)
  } finally {
    const next = gate.waiting.shift()
    if (next) next()
    else gate.free += 1
  }
}

/** Throws as the pool does that has no client free. */
function waitTurn(gate: Gate): Promise<void> {
  return new Promise((resolve, reject) => {
    const turn = () => {
      clearTimeout(late)
      resolve()
    }
    const late = setTimeout(() => {
      gate.waiting.splice(gate.waiting.indexOf(turn), 1)
      reject(new Error('timeout exceeded when trying to connect'))
    }, TURN_MS)
    gate.waiting.push(turn)
  })
}

async function transact<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  // A checked-out client is not covered by the pool's handler (node-postgres 3083).
  const ignore = () => {}
  client.on('error', ignore)
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.removeListener('error', ignore)
    client.release(broken)
  }
}
