import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { breakOrders, createOrders, type Orders } from '../../../sandbox/scenario/index.ts'
import { type Exit, runProgram } from '../../../sandbox/scenario/run-program.ts'
import { recoveryPlanSchema } from '../../../src/domain/recovery-plan.ts'
import { adminUrl, dropDatabase, runSql } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'

const NAME = `orders_${process.pid}`
let orders: Orders

beforeAll(async () => {
  const dir = mkdtempSync(join(inject('runFolder'), 'shop-'))
  orders = await createOrders({ adminUrl: adminUrl(), dir, scale: 0.005, name: NAME })
})

afterAll(async () => {
  await orders.control('stop')
  await dropDatabase(NAME)
})

async function health(): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${orders.apiUrl}/healthz`)
  return { status: response.status, body: await response.json() }
}

/** What the plan's `test` of the config would run. */
function check(path: string): Promise<Exit> {
  return runProgram(join(orders.dir, 'bin', 'orders-api'), ['--check', path])
}

async function one<T>(sql: string): Promise<T | undefined> {
  const [row] = await runSql<{ value: T }>(orders.database.superUrl, `SELECT (${sql}) AS value`)
  return row?.value
}

test('the plan of the sandbox is a valid recovery plan, with this scenario in it', () => {
  const plan = recoveryPlanSchema.parse(parse(readFileSync(orders.planPath, 'utf8')))
  const service = plan.systems['orders-api']
  expect(service?.kind === 'service' && service.health?.http).toBe(`${orders.apiUrl}/healthz`)
  const database = plan.systems['orders-db']
  expect(database?.kind === 'postgres' && database.backups).toEqual([{ kind: 'pg_dump', path: orders.backups }])
  expect(database?.kind === 'postgres' && database.checks[0]?.expect).toBe(orders.database.paidOrders)
})

test('before the migration every check of the plan holds', async () => {
  const plan = recoveryPlanSchema.parse(parse(readFileSync(orders.planPath, 'utf8')))
  const database = plan.systems['orders-db']
  if (database?.kind !== 'postgres') throw new Error('orders-db is a database')
  for (const check of database.checks) {
    const [row] = await runSql(orders.database.url, check.sql)
    if (check.expect !== undefined) expect(String(Object.values(row ?? {})[0])).toBe(String(check.expect))
  }
})

test('the service answers, can be restarted, and is another process afterwards', async () => {
  expect(await health()).toEqual({ status: 200, body: { status: 'ok' } })
  const before = await orders.control('identity')
  expect(await orders.control('status')).toMatchObject({ code: 0, output: expect.stringMatching(/^running, pid \d+/) })
  expect(await orders.control('restart')).toMatchObject({ code: 0 })
  const after = await orders.control('identity')
  expect(after.code).toBe(0)
  expect(after.output).not.toBe(before.output)
  expect((await health()).status).toBe(200)
})

test('the service survives the end of its sessions, as a switch ends them', async () => {
  await runSql(
    adminUrl(),
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'orders-api' AND datname = $1",
    [NAME],
  )
  await until('health again', async () => (await health()).status === 200)
})

test('the service starts on a config with values that it cannot use, and says so', async () => {
  const { path, good } = orders.config
  writeFileSync(path, readFileSync(good, 'utf8').replace('EUR', 'undefined'))
  expect(await orders.control('restart')).toMatchObject({ code: 0 })
  const warnings = ['config currency.code is "undefined", using "EUR"']
  expect(await health()).toEqual({ status: 200, body: { status: 'warning', warnings } })
  expect((await orders.control('last-lines')).output).toContain(`warning: ${warnings[0]}`)
})

test('the service refuses a config for another schema, and runs again on the good version', async () => {
  const { path, good } = orders.config
  writeFileSync(path, readFileSync(good, 'utf8').replace('schema: 1', 'schema: 2'))
  const fault = 'the config is for schema 2, this version needs schema 1'
  expect(await orders.control('restart')).toMatchObject({ code: 1, output: expect.stringContaining(fault) })
  expect(await check(path)).toEqual({ code: 1, output: `${fault}\n` })
  expect(await check(good)).toEqual({ code: 0, output: 'config is good\n' })
  copyFileSync(good, path)
  expect(await orders.control('start')).toMatchObject({ code: 0 })
  expect(await health()).toEqual({ status: 200, body: { status: 'ok' } })
})

test('an order is told with the currency and the cut-off of the config', async () => {
  const response = await fetch(`${orders.apiUrl}/orders/8`)
  expect(await response.json()).toMatchObject({ id: '8', total: '4.24 EUR', cutOff: '16:30' })
})

test('the shop knows what a backup of it holds', () => {
  expect(orders.before.tables).toEqual([
    { name: 'audit_log', rows: 600 },
    { name: 'customers', rows: 750 },
    { name: 'order_items', rows: expect.any(Number) },
    { name: 'orders', rows: 1750 },
    { name: 'products', rows: 100 },
  ])
})

test('a story that nobody wrote is refused with those that there are', async () => {
  await expect(breakOrders(orders, { story: 'sunny-day' })).rejects.toThrow(
    /no story sunny-day; there are bad-cut-over, /,
  )
})

test('the migration fails with real errors and leaves damage behind', async () => {
  const rowsBefore = Number(await one('SELECT count(*) FROM orders'))
  const { log } = await breakOrders(orders, { lateOrders: 10, blockingConfig: true })
  expect(log).toMatch(/^\S+Z ERROR .*value too long for type character varying\(12\) \(SQLSTATE 22001\)$/m)
  expect(log).toMatch(/^\S+Z ERROR .*date\/time field value out of range: "2026-02-30" \(SQLSTATE 22008\)$/m)
  expect(log).toMatch(/^\S+Z ERROR .*null value in column "status_code".*\(SQLSTATE 23502\)$/m)
  expect(log).toMatch(/^\S+Z ERROR .*deadlock detected \(SQLSTATE 40P01\)$/m)
  expect(log).toMatch(/^\S+Z FATAL .*column c.loyalty_level does not exist \(SQLSTATE 42703\)$/m)
  expect(log).not.toContain(orders.database.roles.app.password)

  const left = Number(await one('SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM orders_v2)'))
  expect(left).toBeLessThan(rowsBefore + 10)
  expect(Number(await one('SELECT count(*) FROM orders'))).toBeGreaterThan(0)
  expect(Number(await one('SELECT count(*) FROM customers WHERE phone IS NULL'))).toBeGreaterThan(50)
  expect(Number(await one('SELECT count(*) FROM customers WHERE credit <> round(credit)'))).toBeGreaterThan(0)
  expect(await one("SELECT to_regclass('customer_directory')")).toBeNull()
})

test('after the migration the service is down and refuses to start on the new config and the new schema', async () => {
  expect(await orders.control('status')).toEqual({ code: 3, output: 'stopped\n' })
  const blocked = await orders.control('start')
  expect(blocked).toMatchObject({ code: 1, output: expect.stringContaining('the config is for schema 2') })
  copyFileSync(orders.config.good, orders.config.path)
  const start = await orders.control('start')
  expect(start).toMatchObject({ code: 1, output: expect.stringContaining('this version needs phone_number') })
  await expect(fetch(`${orders.apiUrl}/healthz`)).rejects.toThrow()
  expect((await orders.control('last-lines')).output).toContain('cannot start: column customers.phone')
})
