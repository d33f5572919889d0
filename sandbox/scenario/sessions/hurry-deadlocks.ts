import pg from 'pg'

/** Long enough for the other session to close the circle, also on a busy machine. */
const SOON = '250ms'

/**
 * While `work` runs, sessions of orders_app that begin in this database look for deadlocks sooner than after the
 * customary second. `superUrl` is the database's, as the administrator: no other role may set this.
 */
export async function hurryDeadlocks<T>(superUrl: string, name: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  const setting = `ALTER ROLE orders_app IN DATABASE ${pg.escapeIdentifier(name)}`
  try {
    await client.query(`${setting} SET deadlock_timeout = '${SOON}'`)
    return await work()
  } finally {
    await client.query(`${setting} RESET deadlock_timeout`)
    await client.end()
  }
}
