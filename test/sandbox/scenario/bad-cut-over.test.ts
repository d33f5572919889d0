import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectConfig, inspectService } from '../../../sandbox/scenario/index.ts'
import { runSql } from '../../support/postgres.ts'
import { applyRemedy } from './apply-remedy.ts'
import { type BrokenShop, breakShop } from './broken-shop.ts'

let shop: BrokenShop

beforeAll(async () => {
  shop = await breakShop('bad-cut-over')
})
afterAll(() => shop?.close())

test('the first error in the log is the phone number that does not fit', () => {
  const errors = shop.lines.filter((line) => /^(ERROR|FATAL)/.test(line))
  expect(errors[0]).toMatch(/^ERROR customers batch 1\/40 .*: value too long for .* \(SQLSTATE 22001\)$/)
  expect(errors.at(-1)).toMatch(/^FATAL .* column c\.loyalty_level does not exist \(SQLSTATE 42703\)$/)
})

test.each(['22001', '40P01', '23502', '22008', '22007', '42703', '25P02'])('the server said %s', (code) => {
  expect(shop.lines.some((line) => line.startsWith('ERROR') && line.endsWith(`(SQLSTATE ${code})`))).toBe(true)
})

test('the deadlock is told with all lines of the server, and the end with a stack and its cause', () => {
  expect(shop.log).toMatch(
    /deadlock detected \(SQLSTATE 40P01\)\n {4}DETAIL: Process \d+ waits for .*\n {8}Process \d+ waits for .*\n {4}HINT: .*\n {4}CONTEXT: while updating tuple/,
  )
  expect(shop.log).toMatch(/\nError: orders batch 21\/40 .*\n( {4}at .*\n)+Caused by: error: column .*\n {4}at /)
  expect(shop.log).not.toMatch(/at .*\/(home|usr|tmp|root)\//)
})

test('what follows a failed statement comes after it, and a warning before everything', () => {
  const first = (pattern: RegExp) => shop.lines.findIndex((line) => pattern.test(line))
  expect(first(/^WARN .*SHOP_CURRENCY/)).toBeLessThan(first(/22001/))
  expect(first(/23502/)).toBeLessThan(first(/25P02/))
})

test('orders are lost, tables left behind, and a view is gone', async () => {
  expect(await shop.rows()).toEqual({
    audit_log: '480 → 480',
    customers: '600 → 600',
    migration_state: '- → 14',
    order_items: '2801 → 2825',
    orders: '1400 → 656',
    orders_stage: '- → 36',
    orders_v2: '- → 504',
    products: '100 → 100',
  })
  expect(await shop.one("SELECT to_regclass('customer_directory')")).toBeNull()
})

test('the service is stopped, and its config written over while the good version lies beside', async () => {
  expect(await inspectService(shop.orders)).toEqual({ running: false })
  const { good, now, same } = inspectConfig(shop.orders)
  expect(same).toBe(false)
  expect(now).toContain('code: undefined')
  expect(good).toContain('code: EUR')
})

test('the setting that made the deadlock come sooner is gone again', async () => {
  const settings = await runSql<{ setting: string }>(
    shop.orders.database.superUrl,
    `SELECT unnest(setconfig) AS setting FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
     WHERE datname = current_database()`,
  )
  expect(settings.filter(({ setting }) => setting.startsWith('deadlock'))).toEqual([])
})

test('the content differs from the backup, and what the backup restores to does not', async () => {
  const damaged = (await shop.compare('the shop')).differing.map(({ name }) => name)
  expect(damaged).toEqual(expect.arrayContaining(['public.customers', 'public.orders']))
  expect((await shop.compare('the backup')).differing).toEqual([])
})

test('the remedy makes room for a number from abroad', async () => {
  await applyRemedy(shop, 'widen-phone')
  expect(
    await shop.one(`SELECT format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = 'customers'::regclass AND attname = 'phone'`),
  ).toBe('character varying(24)')
})
