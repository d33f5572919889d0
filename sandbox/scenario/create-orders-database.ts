import { readFileSync } from 'node:fs'
import pg from 'pg'
import { ensureRoles, type Login, type OrdersRoles } from './roles.ts'

/** Another one than the cluster's, so that a side database with the cluster's default is seen; macOS has no C.UTF-8. */
const LOCALE = process.platform === 'linux' ? 'C.UTF-8' : 'C'

/** A shop's database as it was before the migration. */
export type OrdersDatabase = {
  name: string
  /** As the owner, the way the shop's service connects. */
  appUrl: string
  /** As salvor_hand: what Salvor gets as `url`; `maintenanceUrl`, as salvor_dba to database `postgres`, is `adminUrl`. */
  url: string
  maintenanceUrl: string
  /** As the administrator that was passed in. */
  superUrl: string
  roles: OrdersRoles
  /** Orders in status `paid`: the plan's functional check expects this number. */
  paidOrders: number
}

/**
 * Creates the database and fills it. `scale` 1 has about 1.3 million rows; tests take 0.005 (the smallest that keeps
 * values that the migration stumbles over is 0.001). Everything that a switch has to carry over is set.
 */
export async function createOrdersDatabase(options: {
  adminUrl: string
  name?: string
  scale?: number
}): Promise<OrdersDatabase> {
  const { adminUrl, name = 'orders', scale = 1 } = options
  const roles = await ensureRoles(adminUrl)
  await run(adminUrl, createStatements(name))
  const superUrl = addressOf(adminUrl, name)
  await run(superUrl, [
    // An owner of the database is not owner of its schema public before PostgreSQL 15.
    'ALTER SCHEMA public OWNER TO orders_app',
    'SET ROLE orders_app',
    ...readSql('schema'),
    ...sizes(scale),
    ...readSql('fill'),
    ...readSql('constraints'),
  ])
  const paidOrders = await countPaid(superUrl)
  return {
    name,
    appUrl: addressOf(adminUrl, name, roles.app),
    url: addressOf(adminUrl, name, roles.hand),
    maintenanceUrl: addressOf(adminUrl, 'postgres', roles.dba),
    superUrl,
    roles,
    paidOrders,
  }
}

function createStatements(name: string): string[] {
  const database = pg.escapeIdentifier(name)
  return [
    `CREATE DATABASE ${database} OWNER orders_app TEMPLATE template0 ENCODING 'UTF8' LOCALE '${LOCALE}' CONNECTION LIMIT 60`,
    `COMMENT ON DATABASE ${database} IS 'Orders of the shop; ask the dba role before touching'`,
    `ALTER DATABASE ${database} SET statement_timeout = '5min'`,
    `ALTER DATABASE ${database} SET timezone = 'Asia/Seoul'`,
    `ALTER ROLE orders_app IN DATABASE ${database} SET lock_timeout = '7s'`,
    `ALTER ROLE orders_reader IN DATABASE ${database} SET default_transaction_read_only = 'on'`,
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${database} TO orders_reader`,
    `GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO salvor_dba`,
    `GRANT CONNECT ON DATABASE ${database} TO salvor_hand`,
  ]
}

function sizes(scale: number): string[] {
  const count = (atScaleOne: number) => Math.max(100, Math.round(atScaleOne * scale))
  return [
    `SET scenario.customers = '${count(150_000)}'`,
    `SET scenario.orders = '${count(350_000)}'`,
    `SET scenario.products = '${count(2_000)}'`,
    `SET scenario.audit = '${count(120_000)}'`,
  ]
}

async function countPaid(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ n: number }>("SELECT count(*)::int AS n FROM orders WHERE status = 'paid'")
    return rows[0]?.n ?? 0
  } finally {
    await client.end()
  }
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  // The database's own settings (time zone!) would change what the deterministic rows mean; these win over them.
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC -c statement_timeout=0' })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

function readSql(name: 'schema' | 'fill' | 'constraints'): string[] {
  return [readFileSync(new URL(`sql/${name}.sql`, import.meta.url), 'utf8')]
}

function addressOf(adminUrl: string, database: string, role?: Login): string {
  const address = new URL(adminUrl)
  address.pathname = `/${encodeURIComponent(database)}`
  if (role !== undefined) Object.assign(address, { username: role.name, password: role.password })
  return address.href
}
