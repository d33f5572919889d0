import { rmSync } from 'node:fs'
import pg from 'pg'
import type { Orders } from './prepare-scenario.ts'

/**
 * Takes the shop away, so that `createOrders` with the same options makes it anew: stops its service and drops its
 * database, with those that recoveries left beside it (`…_old_1`, `…_side_1`), and its folder with the backups.
 */
export async function removeOrders(orders: Orders): Promise<void> {
  await orders.control('stop')
  const address = new URL(orders.database.superUrl)
  address.pathname = '/postgres'
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE datname = $1 OR datname ~ ('^' || $1 || '_[a-z]+_[0-9]+$')",
      [orders.database.name],
    )
    for (const { name } of rows) await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
  } finally {
    await client.end()
  }
  rmSync(orders.dir, { recursive: true, force: true })
}
