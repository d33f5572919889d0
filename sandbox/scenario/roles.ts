import { createHmac } from 'node:crypto'
import pg from 'pg'

/** The roles of the shop's cluster. Passwords follow from the administrator's: the same for every database of a cluster. */
export type OrdersRoles = { app: Login; dba: Login; hand: Login }

/** A role that logs in. */
export type Login = { name: string; password: string }

/** Any number that nothing else locks in the cluster's database `postgres`. */
const ROLES_LOCK = 7_319_002

/**
 * What a DBA gives to Salvor instead of a superuser:
 *
 *   CREATE ROLE salvor_dba LOGIN CREATEDB PASSWORD …;   -- creates the side database, renames (with ownership)
 *   GRANT orders_app, orders_reader TO salvor_dba;      -- owns what it restores and renames; carries over their settings
 *   GRANT pg_signal_backend TO salvor_dba;              -- ends sessions before the switch (not those of superusers)
 *   GRANT pg_monitor TO salvor_dba;                     -- sees statements, progress and settings of other sessions
 *   GRANT pg_read_all_data TO salvor_dba;               -- dumps and fingerprints tables of whatever owner
 */
const SALVOR_DBA_GRANTS = [
  'GRANT orders_app, orders_reader TO salvor_dba',
  'GRANT pg_signal_backend TO salvor_dba',
  'GRANT pg_monitor TO salvor_dba',
  'GRANT pg_read_all_data TO salvor_dba',
] as const

/** And for `url`: what loads, rehearses, checks and mends is a member of the owners and nothing else. */
const SALVOR_HAND_GRANTS = ['GRANT orders_app, orders_reader TO salvor_hand'] as const

/** Creates orders_app (owner, logs in), orders_reader (a group) and salvor_dba where they are missing. */
export async function ensureRoles(adminUrl: string): Promise<OrdersRoles> {
  const secret = new URL(adminUrl).password
  const login = (name: string): Login => ({
    name,
    password: createHmac('sha256', secret).update(name).digest('hex').slice(0, 32),
  })
  const roles = { app: login('orders_app'), dba: login('salvor_dba'), hand: login('salvor_hand') }
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    // Several test files do this at once in one cluster; roles belong to all of its databases.
    await client.query('SELECT pg_advisory_lock($1)', [ROLES_LOCK])
    await ensureRole(client, 'orders_reader', 'NOLOGIN')
    await ensureRole(client, roles.app.name, `LOGIN PASSWORD ${client.escapeLiteral(roles.app.password)}`)
    await ensureRole(client, roles.dba.name, `LOGIN CREATEDB PASSWORD ${client.escapeLiteral(roles.dba.password)}`)
    await ensureRole(client, roles.hand.name, `LOGIN PASSWORD ${client.escapeLiteral(roles.hand.password)}`)
    for (const grant of [...SALVOR_DBA_GRANTS, ...SALVOR_HAND_GRANTS]) await client.query(grant)
  } finally {
    await client.end()
  }
  return roles
}

async function ensureRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name])
  await client.query(`${rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${client.escapeIdentifier(name)} ${attributes}`)
}
