import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { batchSize } from '../migration/migration.ts'

/** In which batches of the migration it tries to meet it, one after the other: a busy machine may miss one. */
const MEETINGS = [12, 18, 24, 30, 36]
const LOCK = 'SELECT FROM customers WHERE id = $1 FOR UPDATE'
const IS_WAITED_FOR =
  'SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) AS yes'

/**
 * The nightly job that writes statements to customers, newest first, and locks them as it goes. A migration that goes
 * the other way meets it in a deadlock. Changes nothing. Gives what ends it; true when
 * they met.
 */
export async function startNightlyStatements(url: string): Promise<() => Promise<boolean>> {
  const client = new pg.Client({ connectionString: url, application_name: 'nightly-statements' })
  await client.connect()
  const { rows } = await client.query<{ last: string }>('SELECT max(id) AS last FROM customers')
  // The last customer of a batch: the migration holds the one before it by then.
  const size = batchSize(Number(rows[0]?.last ?? 0))
  const [first = 1, ...later] = MEETINGS.map((batch) => batch * size)
  const ended = new AbortController()
  await lockFirst(client, first)
  const met = meet(client, [first, ...later], ended.signal)
  return async () => {
    ended.abort()
    return met.finally(() => client.end())
  }
}

async function lockFirst(client: pg.Client, customer: number): Promise<void> {
  await client.query('BEGIN')
  await client.query(LOCK, [customer])
}

async function meet(client: pg.Client, customers: readonly number[], ended: AbortSignal): Promise<boolean> {
  for (const [index, customer] of customers.entries()) {
    if (index > 0) await lockFirst(client, customer)
    if (!(await waitUntilWaitedFor(client, ended))) return false
    try {
      await client.query(LOCK, [customer - 1])
      await client.query('COMMIT')
      return true
    } catch {
      // It was the victim itself: it came too late, and the other one had looked for a circle already.
      await client.query('ROLLBACK')
    }
  }
  return false
}

async function waitUntilWaitedFor(client: pg.Client, ended: AbortSignal): Promise<boolean> {
  while (!ended.aborted) {
    const { rows } = await client.query<{ yes: boolean }>(IS_WAITED_FOR)
    if (rows[0]?.yes === true) return true
    await delay(5)
  }
  await client.query('ROLLBACK')
  return false
}
