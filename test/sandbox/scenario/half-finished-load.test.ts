import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectConfig, inspectService } from '../../../sandbox/scenario/index.ts'
import { runProgram } from '../../../sandbox/scenario/run-program.ts'
import { runSql } from '../../support/postgres.ts'
import { applyRemedy } from './apply-remedy.ts'
import { type BrokenShop, breakShop } from './broken-shop.ts'

let shop: BrokenShop

beforeAll(async () => {
  shop = await breakShop('half-finished-load')
})
afterAll(() => shop?.close())

test('the first error in the log is the statement that waited in vain, with the row that it waited for', () => {
  const errors = shop.lines.filter((line) => /^(ERROR|FATAL)/.test(line))
  expect(errors[0]).toMatch(
    /^ERROR orders batch \d+\/40 .*: canceling statement due to statement timeout \(SQLSTATE 57014\)$/,
  )
  expect(shop.log).toMatch(
    /57014\)\n {4}CONTEXT: while locking tuple \(\d+,\d+\) in relation "customers"\n {8}SQL statement/,
  )
})

test('its consequences follow: the keys do not come back', () => {
  const codes = shop.lines.flatMap((line) => /^(?:ERROR|FATAL) .*\(SQLSTATE (\w+)\)$/.exec(line)?.[1] ?? [])
  expect(codes.filter((code, index) => code !== codes[index - 1])).toEqual(['57014', '23505', '42830', '57014'])
  expect(shop.log).toMatch(/23505\)\n {4}DETAIL: Key \(id\)=\(\d+\) is duplicated\.$/m)
})

test('some tables are empty, one is there in part, with rows twice and without its keys', async () => {
  const rows = await shop.rows()
  expect(rows).toMatchObject({ audit_log: '480 → 0', order_items: '2801 → 0', products: '100 → 100' })
  expect(Number(rows.orders?.split(' → ')[1])).toBeLessThan(700)
  expect(
    await shop.one('SELECT count(*)::int FROM (SELECT id FROM orders GROUP BY id HAVING count(*) = 2) twice'),
  ).toBe(18)
  const keys = await runSql<{ name: string }>(
    shop.orders.database.superUrl,
    `SELECT conname AS name FROM pg_constraint WHERE contype IN ('p', 'f')
     AND conrelid IN ('orders'::regclass, 'order_items'::regclass) ORDER BY 1`,
  )
  const left = ['order_items_pkey', 'order_items_product_id_fkey', 'orders_customer_id_fkey']
  expect(keys.map(({ name }) => name)).toEqual(left)
})

test('the service is stopped and its config untouched', async () => {
  expect(await inspectService(shop.orders)).toEqual({ running: false })
  expect(inspectConfig(shop.orders).same).toBe(true)
})

test('the content differs from the backup, and what the backup restores to does not', async () => {
  const damaged = (await shop.compare('the shop')).differing.map(({ name }) => name)
  expect(damaged).toEqual(expect.arrayContaining(['public.audit_log', 'public.order_items', 'public.orders']))
  expect((await shop.compare('the backup')).differing).toEqual([])
})

test('the remedy removes the doubles and puts the key back', async () => {
  await applyRemedy(shop, 'remove-doubles')
  expect(await shop.one('SELECT count(*) = count(DISTINCT id) FROM orders')).toBe(true)
  expect(await shop.one("SELECT count(*)::int FROM pg_constraint WHERE conname = 'orders_pkey'")).toBe(1)
})

test('run again without the forgotten session it finishes, from what it had exported', async () => {
  const exit = await runProgram(join(shop.orders.dir, 'bin', 'migrate-orders'), ['run'])
  expect(exit).toEqual({ code: 0, output: '' })
  const { tables } = shop.orders.before
  const before = (name: string) => tables.find((table) => table.name === name)?.rows ?? 0
  expect(await shop.rows()).toEqual({
    audit_log: '480 → 480',
    customers: '600 → 600',
    order_items: `2801 → ${before('order_items') + 24}`,
    orders: `1400 → ${before('orders') + 12}`,
    products: '100 → 100',
  })
  expect(await shop.one('SELECT count(*) = count(DISTINCT id) FROM orders')).toBe(true)
})
