import { afterAll, beforeAll, expect, test } from 'vitest'
import { test as testKind } from '../../../jobs/test/index.ts'
import { createDatabase, type TestDatabase } from '../../support/postgres.ts'
import { ORDERS, run } from '../../tools/content/rig.ts'
import { createStage } from '../play.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createDatabase()
  await run(database, ORDERS)
})

afterAll(() => database.drop())

const play = (checks: object[]) =>
  createStage({ url: database.url, folder: '/', checks }).play(testKind, { system: 'orders-db' })

test('checks that pass are proven, one a line', async () => {
  const { view, failure } = await play([
    { name: 'one is one', sql: 'SELECT 1', expect: 1 },
    { name: 'it is fast', sql: 'SELECT 1', within: '10s' },
  ])
  expect(failure).toBeNull()
  const report = testKind.report(view)
  expect(report).toMatchObject({ summary: 'orders-db passed 2 of 2 checks', left: [], recovers: false })
  expect(report.proven).toHaveLength(2)
})

test('one check that does not pass fails the test, and every result is on the card', async () => {
  const { view, failure } = await play([
    { name: 'one is two', sql: 'SELECT 1', expect: 2 },
    { name: 'no such table', sql: 'SELECT count(*) FROM gone', expect: 0 },
    { name: 'one is one', sql: 'SELECT 1', expect: 1 },
  ])
  expect(failure).toMatchObject({ code: 'checks_failed' })
  expect((failure as Error).message).toMatch(/^2 checks|2 of 3 checks of orders-db did not pass: one is two/)
  expect(testKind.card(view).lines.map((line) => line.slice(0, 1))).toEqual(['❌', '❌', '✅'])
})

test('a check cannot write', async () => {
  const { failure } = await play([{ name: 'writes', sql: 'DELETE FROM orders', expect: 0 }])
  expect((failure as Error).message).toMatch(/read-only/)
})

test('a plan without checks is no proof', async () => {
  expect((await play([])).failure).toMatchObject({ code: 'check_none' })
})
