import { expect, test } from 'vitest'
import { sayComes } from '../../../jobs/undo/describe-turned.ts'
import type { Turned } from '../../../jobs/undo/turned-schema.ts'

const turned = (table: string, of: Partial<Turned[number]>): Turned[number] => ({
  ...{ table: `public.${table}`, goes: 0, comes: 0, changes: 0, leftover: false, ...of },
})

test('what comes back counts all tables, rows before values, and what the migration left last', () => {
  const all = [
    turned('orders_v2', { comes: 900_000, leftover: true }),
    turned('customers', { changes: 149_755 }),
    turned('orders', { goes: 183_876, comes: 212 }),
    turned('order_items', { comes: 424 }),
  ]
  const [rows, values, leftovers, ...rest] = sayComes(all, 'restore-1')
  expect(rest).toEqual([])
  expect(rows).toMatch(/^636 rows .*restore-1 took: order_items 424, orders 212$/)
  expect(values).toMatch(/^149,755 rows .*restore-1: customers 149,755$/)
  expect(leftovers).toMatch(/^900,000 rows .*: orders_v2 900,000$/)
})

test('tables beyond the named ones count in the total', () => {
  const many = Array.from({ length: 10 }, (_, index) => turned(`t${index}`, { comes: index + 1 }))
  expect(sayComes(many, 'restore-1')).toEqual([expect.stringMatching(/^55 rows .* t9 10, .*4 more tables$/)])
})

test('nothing that came or changed says nothing', () => {
  expect(sayComes([turned('orders', { goes: 5 })], 'restore-1')).toEqual([])
})
