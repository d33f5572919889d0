import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { batchSize } from '../migration/migration.ts'

/** In which batches of the migration it tries to meet it, one after the other: a busy machine may miss one. */
const MEETINGS = [12, 18, 24, 30, 36]
const IS_WAITED_FOR =
  'SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) AS yes'

/**
 * The nightly job that writes statements to customers, newest first, and locks them as it goes. A migration that goes
 * the other way meets it in a deadlock. Changes nothing. Gives what ends it.
 */
export async function startNightlyStatements(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, application_name: 'nightly-statements' })
  await client.connect()
  const { rows } = await client.query<{ last: string }>('SELECT max(id) AS last FROM customers')
  // The last customer of a batch: the migration holds the one before it by then.
  const size = batchSize(Number(rows[0]?.last ?? 0))
  const customers = MEETINGS.map((batch) => batch * size)
  await client.query(`BEGIN; ${lockSql(customers[0])}`)
  const ended = new AbortController()
  const met = meet(client, customers, ended.signal)
  return async () => {
    ended.abort()
    await met.finally(() => client.end())
  }
}

async function meet(client: pg.Client, customers: readonly number[], ended: AbortSignal): Promise<void> {
  // First the migration changes the table, for which it needs it alone. In one message: the server gives the table to
  // the migration and the rows to this session again right after it, before the first batch.
  if (!(await waitUntilWaitedFor(client, ended))) return
  for (const customer of customers) {
    await client.query(`COMMIT; BEGIN; ${lockSql(customer)}`)
    if (!(await waitUntilWaitedFor(client, ended))) return
    try {
      await client.query(lockSql(customer - 1))
      await client.query('COMMIT')
      return
    } catch {
      // It was the victim itself: it came too late, and the other one had looked for a circle already.
    }
  }
  await client.query('ROLLBACK')
}

async function waitUntilWaitedFor(client: pg.Client, ended: AbortSignal): Promise<boolean> {
  while (!ended.aborted) {
    const { rows } = await client.query<{ yes: boolean }>(IS_WAITED_FOR)
    if (rows[0]?.yes === true) return true
    await delay(5)
  }
  return false
}

function lockSql(customer = 1): string {
  return `SELECT FROM customers WHERE id = ${Math.trunc(customer)} FOR UPDATE`
}
