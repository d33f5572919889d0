import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ContentManifest } from '../../../src/domain/content.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { compare, measure, named, ORDERS, run } from './rig.ts'

let database: TestDatabase
let manifest: ContentManifest
beforeEach(async () => {
  database = await createDatabase()
  await run(database, ORDERS)
  manifest = await measure(database)
})
afterEach(() => database.drop())

describe('tables written since', () => {
  const since = { writtenSince: true }
  const counted = async (table: string, writes: number) =>
    until(`${writes} writes are counted`, async () => {
      const rows = await runSql<{ n: string }>(
        database.url,
        `SELECT n_tup_ins + n_tup_upd + n_tup_del AS n FROM pg_stat_user_tables WHERE relname = $1`,
        [table],
      )
      return Number(rows[0]?.n) >= writes
    })

  test('are not comparable, where inserts, updates or deletes can be shown', async () => {
    await counted('log', 100)
    manifest = await measure(database)
    await run(database, `UPDATE orders SET note = 'new' WHERE id = 3; DELETE FROM log WHERE line = 'l9'`)
    await counted('log', 101)
    const { differing, notComparable, tables } = await compare(database, manifest, since)
    expect(differing).toEqual([])
    expect(notComparable.map((each) => [each.name, each.verdict])).toEqual([
      ['public.log', 'not_comparable'],
      ['public.orders', 'not_comparable'],
    ])
    expect(tables.proven).toBe(1)
  })

  test('are shown by their rows where the counters were forgotten', async () => {
    await run(database, `UPDATE orders SET note = 'new' WHERE id IN (3, 4)`)
    await run(database, `SELECT pg_stat_reset()`)
    const { notComparable } = await compare(database, manifest, since)
    expect(named(notComparable, 'public.orders')?.why).toEqual({ code: 'rows_since', facts: { count: 2 } })
  })

  test('differ, where nothing shows that it came later', async () => {
    await run(database, `TRUNCATE log`)
    const { differing } = await compare(database, manifest, since)
    expect(differing.map((each) => each.name)).toEqual(['public.log'])
  })

  test('differ, where the reference is of another database', async () => {
    await run(database, `UPDATE orders SET note = 'new' WHERE id = 3`)
    const marks = { databaseOid: 1, writes: {}, xmax: '3' }
    const { differing } = await compare(database, manifest, { ...since, marks })
    expect(differing.map((each) => each.name)).toEqual(['public.orders'])
  })

  test('do not exist for a side database: every difference counts', async () => {
    await run(database, `UPDATE orders SET note = 'new' WHERE id = 3`)
    const { differing } = await compare(database, manifest)
    expect(differing.map((each) => each.name)).toEqual(['public.orders'])
  })
})
