import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOrdersDatabase, type OrdersDatabase, placeOrders } from '../../../sandbox/scenario/index.ts'
import { adminUrl, dropDatabase, runSql, urlOf, withClient } from '../../support/postgres.ts'

const NAME = `orders_content_${process.pid}`
const TWIN = `${NAME}_twin`
let orders: OrdersDatabase

beforeAll(async () => {
  const made = await Promise.all(
    [NAME, TWIN].map((name) => createOrdersDatabase({ adminUrl: adminUrl(), name, scale: 0.002 })),
  )
  const [first] = made
  if (first === undefined) throw new Error('two databases were created')
  orders = first
})

afterAll(async () => {
  await Promise.all([NAME, `${NAME}_moved`, TWIN].map(dropDatabase))
})

test('two databases of one scale have the same content', async () => {
  const fingerprint = async (name: string) => {
    const url = orders.superUrl.replace(NAME, name)
    const tables = ['customers', 'products', 'orders', 'order_items', 'audit_log']
    return Promise.all(
      tables.map(async (table) => runSql(url, `SELECT sum(hashtextextended(t::text, 0)), count(*) FROM ${table} t`)),
    )
  }
  expect(await fingerprint(TWIN)).toEqual(await fingerprint(NAME))
})

test('there is one of everything that a restore has to bring back', async () => {
  const kinds = await runSql<{ kind: string }>(
    orders.url,
    `SELECT DISTINCT relkind::text AS kind FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1`,
  )
  expect(kinds.map(({ kind }) => kind)).toEqual(['S', 'c', 'i', 'm', 'r', 'v'])
  const types = await runSql<{ type: string }>(
    orders.url,
    `SELECT DISTINCT typtype::text AS type FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE attrelid = ANY ('{customers,orders,order_items,products,audit_log}'::regclass[]) ORDER BY 1`,
  )
  expect(types.map(({ type }) => type)).toEqual(['b', 'c', 'd', 'e'])
  const [keyless] = await runSql<{ n: number }>(
    orders.url,
    "SELECT count(*)::int AS n FROM pg_constraint WHERE conrelid = 'audit_log'::regclass",
  )
  expect(keyless?.n).toBe(0)
})

test('the database has owner, privileges, limit, comment and settings of its own', async () => {
  const [seen] = await runSql(
    adminUrl(),
    `SELECT datdba::regrole::text AS owner, datconnlimit AS limit, shobj_description(oid, 'pg_database') AS comment,
       (SELECT count(*)::int FROM pg_db_role_setting s WHERE s.setdatabase = d.oid) AS settings,
       has_database_privilege('orders_reader', oid, 'CONNECT') AS reader, datacl::text LIKE '%{=%' AS public
     FROM pg_database d WHERE datname = $1`,
    [NAME],
  )
  expect(seen).toEqual({
    owner: 'orders_app',
    limit: 60,
    comment: 'Orders of the shop; ask the dba role before touching',
    settings: 3,
    reader: true,
    public: false,
  })
})

test('the role for Salvor is no superuser and may do what a recovery needs', async () => {
  await withClient(orders.maintenanceUrl, async (client) => {
    const { rows } = await client.query(
      'SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = user',
    )
    expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: true }])
    await client.query(`CREATE DATABASE ${NAME}_side TEMPLATE template0 ALLOW_CONNECTIONS false`)
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [NAME])
    await client.query(`ALTER DATABASE ${NAME} RENAME TO ${NAME}_moved`)
    await client.query(`ALTER DATABASE ${NAME}_side OWNER TO orders_app`)
    await client.query(`ALTER DATABASE ${NAME}_side SET timezone = 'Asia/Seoul'`)
    await client.query('SET ROLE orders_app')
    await client.query(`ALTER ROLE orders_app IN DATABASE ${NAME}_side SET lock_timeout = '7s'`)
    await client.query(`GRANT CONNECT ON DATABASE ${NAME}_side TO orders_reader`)
    await client.query('RESET ROLE')
    await client.query(`DROP DATABASE ${NAME}_side`)
    await client.query(`ALTER DATABASE ${NAME}_moved RENAME TO ${NAME}`)
  })
})

test('the role for Salvor sees and ends sessions of strangers, but not of superusers', async () => {
  const stranger = `stranger_${process.pid}`
  await runSql(adminUrl(), `CREATE ROLE ${stranger} LOGIN PASSWORD 'x'`)
  await withClient(urlOf('postgres', { name: stranger, password: 'x' }), async (client) => {
    const ended = new Promise((resolve) => client.once('end', resolve))
    const [seen] = await runSql<{ query: string; ended: boolean }>(
      orders.maintenanceUrl,
      'SELECT query, pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE usename = $1',
      [stranger],
    )
    expect(seen?.ended).toBe(true)
    expect(seen?.query).not.toContain('insufficient privilege')
    await ended
  })
  await runSql(adminUrl(), `DROP ROLE ${stranger}`)
  await withClient(adminUrl(), async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const end = runSql(orders.maintenanceUrl, 'SELECT pg_terminate_backend($1)', [rows[0]?.pid])
    await expect(end).rejects.toThrow(/superuser|permission denied/)
  })
})

test('orders that come in late carry two items each', async () => {
  const count = async (table: string) => {
    const [row] = await runSql<{ n: number }>(orders.url, `SELECT count(*)::int AS n FROM ${table}`)
    return row?.n ?? 0
  }
  const before = [await count('orders'), await count('order_items')] as const
  await placeOrders(orders.appUrl, 21)
  expect([(await count('orders')) - before[0], (await count('order_items')) - before[1]]).toEqual([21, 42])
})
