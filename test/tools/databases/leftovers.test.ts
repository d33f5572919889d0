import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabaseTools } from '../../../src/tools/databases/index.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { targetOf } from '../content/rig.ts'

let live: TestDatabase
let other: TestDatabase
beforeAll(async () => {
  live = await createDatabase()
  other = await createDatabase()
  await runSql(live.url, 'CREATE TABLE orders_v2 (id int); INSERT INTO orders_v2 SELECT generate_series(1, 30)')
})
afterAll(async () => {
  await live.drop()
  await other.drop()
})

async function roleOf(patterns: string[], endedAt: string | null, more: { pattern: string; endedAt: string }[] = []) {
  const { loss } = await createDatabaseTools().compareLive({
    target: targetOf(live),
    ...{ live: live.name, other: other.name, known: null, definitions: null, sample: 0, since: null },
    makes: [...patterns.map((pattern) => ({ pattern, endedAt })), ...more],
    signal: new AbortController().signal,
  })
  const { role, added } = loss.tables.find((one) => one.table === 'public.orders_v2') ?? {}
  return { role, added }
}

test('a table that live alone has is data in full size where no pattern names it', async () => {
  expect(await roleOf(['customers*', 'orders', 'orders.v2'], '2100-01-01T00:00:00Z')).toEqual({
    role: 'data',
    added: 30,
  })
})

test('a named table whose rows came at a time that nobody can tell is not called a leftover', async () => {
  expect(await roleOf(['orders_*'], null)).toEqual({ role: 'unproven', added: 30 })
  const [kept] = await runSql<{ on: string }>(live.url, `SELECT current_setting('track_commit_timestamp') AS on`)
  const known = kept?.on === 'on'
  expect(await roleOf(['public.orders_v2'], '2100-01-01T00:00:00Z')).toEqual({
    role: known ? 'leftover' : 'unproven',
    added: 30,
  })
  expect(await roleOf(['orders_v2'], '2001-01-01T00:00:00Z')).toEqual({ role: known ? 'data' : 'unproven', added: 30 })
})

test('the end of another migration makes no table a leftover', async () => {
  const [kept] = await runSql<{ on: string }>(live.url, `SELECT current_setting('track_commit_timestamp') AS on`)
  const later = [{ pattern: 'customers_v2', endedAt: '2100-01-01T00:00:00Z' }]
  const role = kept?.on === 'on' ? 'data' : 'unproven'
  expect(await roleOf(['orders_v2'], '2001-01-01T00:00:00Z', later)).toEqual({ role, added: 30 })
})
