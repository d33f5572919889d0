import { silentLog } from '../../src/ports/log.ts'
import { grantRoles } from '../../src/postgres/grant.ts'
import { openPool } from '../../src/postgres/pool.ts'
import { adminUrl, type TestDatabase, urlOf, withClient } from './postgres.ts'

/** Any number that nothing else locks in the cluster's database `postgres`: roles belong to all of its databases. */
const ROLES_LOCK = 7_319_003
const password = 'only-for-tests'

/** Makes both roles as docs/security.md says and gives them what `salvor migrate` gives; answers their addresses. */
export async function makeStoreRoles(database: TestDatabase): Promise<{ bot: string; worker: string }> {
  await withClient(adminUrl(), async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [ROLES_LOCK])
    for (const name of ['salvor_bot', 'salvor_worker']) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name])
      if (rowCount === 0) await client.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`)
    }
  })
  await runGrants(database)
  return {
    bot: urlOf(database.name, { name: 'salvor_bot', password }),
    worker: urlOf(database.name, { name: 'salvor_worker', password }),
  }
}

/** Applies the grants to a store. Throws unless both roles are there. */
export async function runGrants(database: TestDatabase): Promise<void> {
  const pool = openPool(database.url, 'test', silentLog, 1)
  const granted = await grantRoles(pool)
  await pool.end()
  if (granted.join(' ') !== 'salvor_bot salvor_worker') throw new Error(`granted only ${granted.join(' ')}`)
}
