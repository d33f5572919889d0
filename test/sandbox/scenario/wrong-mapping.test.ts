import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectService } from '../../../sandbox/scenario/index.ts'
import { runSql } from '../../support/postgres.ts'
import { applyRemedy } from './apply-remedy.ts'
import { type BrokenShop, breakShop } from './broken-shop.ts'

type Reject = { target: string; columns: string[]; line: string; row: string; code: string; message: string }

let shop: BrokenShop

beforeAll(async () => {
  shop = await breakShop('wrong-mapping')
})
afterAll(() => shop?.close())

function readRejects() {
  return runSql<Reject>(shop.orders.database.superUrl, 'SELECT * FROM migration_rejects ORDER BY id')
}

test('the migration says that it finished, and the service is healthy', async () => {
  expect(shop.lines.at(-1)).toBe('INFO mapping orders 1.4 finished')
  expect(shop.lines.filter((line) => line.startsWith('FATAL'))).toEqual([])
  expect(await inspectService(shop.orders)).toEqual({ running: true, health: { status: 200, body: { status: 'ok' } } })
})

test('the first error in the log is a row that was rejected, with its table and line', () => {
  const errors = shop.lines.filter((line) => line.startsWith('ERROR'))
  expect(errors[0]).toMatch(/^ERROR customer_contacts, line 7: row rejected: value too long .* \(SQLSTATE 22001\)$/)
  expect(errors).toHaveLength(13)
})

test('every rejected row is in the table with its reason, and in a file as COPY reads it', async () => {
  const rejects = await readRejects()
  const codes = rejects.map(({ target, code }) => `${target} ${code}`)
  expect([...new Set(codes)].toSorted()).toEqual(['customer_contacts 22001', 'deliveries 22007', 'deliveries 22008'])
  const folder = join(shop.orders.dir, 'logs', 'rejects')
  for (const table of ['customer_contacts', 'deliveries']) {
    const rows = rejects.filter(({ target }) => target === table).map(({ row }) => `${row}\n`)
    expect(readFileSync(join(folder, `${table}.rej`), 'utf8')).toBe(rows.join(''))
  }
  expect(rejects[0]).toMatchObject({ line: '7', row: '7\t+442079460007\tcustomer7@example.org' })
})

test('half of the orders have shifted codes, amounts in cents and broken letters; eight are gone with their items', async () => {
  expect(await shop.rows()).toMatchObject({ orders: '1400 → 1404', migration_rejects: '- → 13' })
  expect(await shop.one("SELECT count(*)::int FROM orders WHERE status = 'paid'")).not.toBe(
    shop.orders.database.paidOrders,
  )
  expect(await shop.one('SELECT max(total)::float8 FROM orders')).toBeGreaterThan(1_000)
  expect(await shop.one("SELECT count(*)::int FROM orders WHERE (ship_to).city LIKE 'KÃ¶ln%'")).toBeGreaterThan(100)
  expect(await shop.one("SELECT count(*)::int FROM orders WHERE (ship_to).city LIKE 'Köln%'")).toBeGreaterThan(100)
})

test('the content differs from the backup, and what the backup restores to does not', async () => {
  const damaged = (await shop.compare('the shop')).differing.map(({ name }) => name)
  expect(damaged).toEqual(expect.arrayContaining(['public.orders', 'public.order_items']))
  expect((await shop.compare('the backup')).differing).toEqual([])
})

test('after the remedies every rejected row can be loaded again', async () => {
  const rejects = await readRejects()
  await expect(replay(rejects)).rejects.toThrow('value too long')
  await applyRemedy(shop, 'widen-contact-phone')
  await applyRemedy(shop, 'deliveries-without-date')
  await replay(rejects)
  expect(await shop.one('SELECT count(*)::int FROM customer_contacts')).toBe(
    await shop.one('SELECT count(phone)::int FROM customers'),
  )
})

test('the remedy for the codes brings back what is still there, and run again it does nothing', async () => {
  for (const _time of [1, 2]) {
    await applyRemedy(shop, 'codes-by-one-mapping')
    expect(await shop.one('SELECT max(total)::float8 FROM orders')).toBeLessThan(1_000)
    expect(await shop.one("SELECT count(*)::int FROM orders WHERE (ship_to).city LIKE 'KÃ%'")).toBe(0)
    const paid = Number(await shop.one("SELECT count(*)::int FROM orders WHERE status = 'paid'"))
    expect(shop.orders.database.paidOrders - paid).toBeLessThanOrEqual(8)
  }
})

async function replay(rejects: readonly Reject[]): Promise<void> {
  for (const { target, columns, row } of rejects) {
    const places = columns.map((_column, index) => `$${index + 1}`)
    await runSql(
      shop.orders.database.superUrl,
      `INSERT INTO ${target} (${columns.join(', ')}) VALUES (${places.join(', ')})`,
      row.split('\t'),
    )
  }
}
