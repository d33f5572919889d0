import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { lookAgain, lookOnce } from '../../../../src/tools/content/across/compare-pairing.ts'
import { pairTables } from '../../../../src/tools/content/across/pair-tables.ts'
import { type Snapshot, withSnapshot } from '../../../../src/tools/content/snapshot.ts'
import { adminUrl, createDatabase, runSql, type TestDatabase, urlOf } from '../../../support/postgres.ts'
import { until } from '../../../support/until.ts'
import { never, run, targetOf } from '../rig.ts'
import { across, newFolder } from './rig.ts'

let here: TestDatabase
let there: TestDatabase

beforeAll(async () => {
  here = await createDatabase()
  there = await createDatabase()
})
afterAll(async () => {
  await here.drop()
  await there.drop()
})
const empty = 'DROP SCHEMA public CASCADE; CREATE SCHEMA public'
beforeEach(async () => {
  await run(here, empty)
  await run(there, empty)
})

const both = async (sql: string) => {
  await run(here, sql)
  await run(there, sql)
}
const PEOPLE = `CREATE TABLE people (id int PRIMARY KEY, name text, born date, rating float8);
  INSERT INTO people SELECT n, 'n' || n, date '1990-01-01' + n, n / 7.0 FROM generate_series(1, 20000) n`

test('one updated, one deleted and one inserted row among many are named exactly, each table read twice a side', async () => {
  await both(PEOPLE)
  await run(
    here,
    `UPDATE people SET name = 'x' WHERE id = 777; DELETE FROM people WHERE id = 5; INSERT INTO people VALUES (20001)`,
  )
  const reads = (database: TestDatabase) =>
    runSql<{ scans: number }>(
      database.url,
      `SELECT (seq_scan + coalesce(idx_scan, 0))::int AS scans FROM pg_stat_user_tables WHERE relname = 'people'`,
    ).then(([row]) => row?.scans ?? 0)
  await run(here, 'SELECT pg_stat_reset()')
  await run(there, 'SELECT pg_stat_reset()')
  const folder = newFolder()
  const { tables, unmapped } = await across(here, there, {}, { folder })
  expect(tables).toEqual({
    'public.people': {
      ...{ name: 'public.people', other: 'public.people', by: 'key', rows: { here: 20000, there: 20000 } },
      ...{ inserted: 1, deleted: 1, changed: 1, columns: [{ column: 'name', rows: 1 }] },
      ...{ keys: expect.arrayContaining(['777', '5', '20001']), without: [], unmapped: { here: [], there: [] } },
      ...{ seen: 'twice', file: expect.stringMatching(/0001-public\.people\.csv$/), cut: false, why: null },
    },
  })
  expect(unmapped).toEqual({ here: [], there: [], unknown: [] })
  const file = tables['public.people']?.file ?? ''
  expect(readFileSync(file, 'utf8').trim().split('\n').toSorted()).toEqual(
    ['changed,777,name,x,n777', 'deleted,5,,,', 'difference,key,column,here,there', 'inserted,20001,,,'].toSorted(),
  )
  expect([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777]).toEqual([0o600, 0o700])
  // Buckets, the rows of those that differ, and these once more in a later snapshot.
  for (const database of [here, there]) await until('three scans are counted', async () => (await reads(database)) >= 3)
  expect([await reads(here), await reads(there)]).toEqual([3, 3])
})

test('renamed tables and columns, expressions, reasons and tolerances are what the plan says', async () => {
  await run(there, `${PEOPLE}; ALTER TABLE people ADD fax text DEFAULT '1', ADD odd int`)
  await run(
    here,
    `CREATE TABLE persons (id bigint PRIMARY KEY, full_name varchar(40), born text, rating float8, since timestamptz);
     INSERT INTO persons SELECT n, upper('n' || n), (date '1990-01-01' + n)::text, n / 7.0 + 0.0005, now() FROM generate_series(1, 20000) n`,
  )
  const people = {
    ...{ to: 'persons', columns: { full_name: 'upper(name) -- as it was' }, without: { fax: 'no longer kept' } },
    tolerance: { rating: 0.001 },
  }
  const equal = await across(here, there, { people })
  expect(equal.tables['public.persons']).toMatchObject({
    ...{ other: 'public.people', by: 'key', inserted: 0, deleted: 0, changed: 0, why: null },
    without: [{ column: 'fax', reason: 'no longer kept' }],
    // Nobody may take what is compared with nothing for equal.
    unmapped: { here: ['since'], there: ['odd'] },
  })
  await run(
    here,
    `UPDATE persons SET full_name = 'N1x' WHERE id = 1; UPDATE persons SET rating = rating + 0.001 WHERE id = 2`,
  )
  const found = (await across(here, there, { people })).tables['public.persons']
  expect(found).toMatchObject({ inserted: 0, deleted: 0, changed: 2, keys: expect.arrayContaining(['1', '2']) })
  expect(found?.columns).toEqual(
    expect.arrayContaining([
      { column: 'full_name', rows: 1 },
      { column: 'rating', rows: 1 },
    ]),
  )
})

test('times may be a second apart where the plan says so', async () => {
  await both(`CREATE TABLE seen (id int PRIMARY KEY, at timestamptz)`)
  await run(
    there,
    `INSERT INTO seen VALUES (1, '2026-01-01 00:00:00.4Z'), (2, '2026-01-01Z'), (3, 'infinity'), (4, NULL)`,
  )
  await run(
    here,
    `INSERT INTO seen VALUES (1, '2026-01-01 00:00:00Z'), (2, '2026-01-01 00:00:01.001Z'), (3, 'infinity'), (4, now())`,
  )
  const { tables } = await across(here, there, { seen: { tolerance: { at: '1s' } } })
  expect(tables['public.seen']).toMatchObject({ changed: 2, keys: expect.arrayContaining(['2', '4']) })
})

test('two SELECTs compare what a table for a table cannot', async () => {
  await run(there, `CREATE TABLE lines (order_id int, price int); INSERT INTO lines VALUES (1, 2), (1, 3), (2, 4)`)
  await run(here, `CREATE TABLE totals (id int PRIMARY KEY, total bigint); INSERT INTO totals VALUES (1, 5), (2, 5)`)
  const totals = {
    left: 'SELECT order_id AS id, sum(price) AS total FROM public.lines GROUP BY 1;',
    right: 'SELECT id, total FROM public.totals -- all',
    key: ['id'],
  }
  const { tables, unmapped } = await across(here, there, { totals })
  expect(tables.totals).toMatchObject({ changed: 1, keys: ['2'], columns: [{ column: 'total', rows: 1 }] })
  expect(unmapped).toEqual({ here: [], there: [], unknown: [] })
})

test.each([
  [
    'an expression that ends the statement',
    { people: { columns: { name: `name); COMMIT; DROP TABLE people; SELECT (1` } } },
  ],
  ['an expression that writes', { people: { columns: { name: `nextval('public.s')::text` } } }],
  [
    'a SELECT that ends its statement',
    { people: { left: 'SELECT 1 AS id) x; COMMIT; DROP TABLE people; SELECT (1', right: 'SELECT 1 AS id' } },
  ],
])('%s is refused, and costs its own table alone', async (_, mapping) => {
  await both(`${PEOPLE}; CREATE SEQUENCE s; CREATE TABLE bag (n int); INSERT INTO bag VALUES (1), (1)`)
  const { tables } = await across(here, there, mapping)
  const broken = Object.values(tables).filter(({ why }) => why !== null)
  expect(broken.map(({ by, why }) => [by, why?.code])).toEqual([['none', 'table_unread']])
  expect(tables['public.bag']).toMatchObject({ why: null, rows: { here: 2, there: 2 } })
  const [left] = await runSql<{ rows: number }>(there.url, 'SELECT count(*)::int AS rows FROM people')
  expect(left).toEqual({ rows: 20000 })
})

test('where another role than that of url must read, SQL of the plan does not run, and a renamed column is compared', async () => {
  const role = { name: `blind_${process.pid}`, password: 'blind-1' }
  await both('CREATE TABLE people (id int PRIMARY KEY, name text); INSERT INTO people VALUES (1, $$a$$)')
  await run(there, 'ALTER TABLE people RENAME name TO called')
  await run(there, `CREATE FUNCTION mine(text) RETURNS text LANGUAGE plpgsql AS $$BEGIN RAISE 'it ran'; END$$`)
  await runSql(adminUrl(), `CREATE ROLE ${role.name} LOGIN PASSWORD '${role.password}'`)
  try {
    const target = targetOf({ url: urlOf(new URL(there.url).pathname.slice(1), role) })
    const play = async (name: string) => {
      const { tables } = await across(here, there, { people: { columns: { name } } }, { there: { target } })
      return tables['public.people']
    }
    expect(await play('public.mine(called)')).toMatchObject({
      by: 'none',
      why: { facts: { seen: expect.stringContaining('runs only as the role of url') } },
    })
    expect(await play('called')).toMatchObject({ why: null, rows: { here: 1, there: 1 }, changed: 0 })
  } finally {
    await runSql(adminUrl(), `DROP ROLE ${role.name}`)
  }
})

test('tables without a key are compared as what they hold, duplicates counted', async () => {
  await both(`CREATE TABLE bag (note text); INSERT INTO bag VALUES ('a'), ('a'), ('b')`)
  await run(here, `INSERT INTO bag VALUES ('b'); DELETE FROM bag WHERE ctid = '(0,1)'`)
  const { tables } = await across(here, there)
  expect(tables['public.bag']).toMatchObject({ by: 'row', inserted: 1, deleted: 1, changed: 0 })
})

test('what has no counterpart, and names that lead nowhere, are listed', async () => {
  await run(here, 'CREATE TABLE new (id int PRIMARY KEY); CREATE TABLE shared (id int PRIMARY KEY)')
  await run(
    there,
    'CREATE TABLE old (id int PRIMARY KEY); CREATE TABLE shared (id int PRIMARY KEY); CREATE INDEX extra ON shared (id)',
  )
  const { tables, unmapped, schema } = await across(here, there, { gone: { to: 'nowhere' } })
  expect(Object.keys(tables)).toEqual(['public.shared'])
  expect(unmapped).toEqual({ here: ['public.new'], there: ['public.old'], unknown: ['gone'] })
  expect(schema.map(({ name, why }) => [name, why?.code])).toContainEqual([
    expect.stringContaining('extra'),
    'definition_missing',
  ])
  const asked = await across(here, there, {}, { tables: ['shared', 'none'] })
  expect(asked.unmapped).toEqual({ here: [], there: [], unknown: ['none'] })
})

test('a misspelt column of the plan is told, and not passed by', async () => {
  await both(PEOPLE)
  for (const people of [{ key: ['ident'] }, { columns: { nam: 'name' } }, { tolerance: { ratng: 1 } }]) {
    const { tables } = await across(here, there, { people })
    expect(tables['public.people']).toMatchObject({ by: 'none', why: { code: 'table_unread' } })
  }
})

test('a partitioned table is compared with one that is not', async () => {
  await run(
    there,
    `CREATE TABLE logs (id int PRIMARY KEY, note text); INSERT INTO logs SELECT n, 'l' FROM generate_series(1, 100) n`,
  )
  await run(
    here,
    `CREATE TABLE logs (id int PRIMARY KEY, note text) PARTITION BY RANGE (id);
     CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM (0) TO (51); CREATE TABLE logs_2 PARTITION OF logs DEFAULT;
     INSERT INTO logs SELECT n, 'l' FROM generate_series(1, 99) n`,
  )
  const { tables, unmapped } = await across(here, there)
  expect(tables['public.logs']).toMatchObject({ rows: { here: 99, there: 100 }, deleted: 1, keys: ['100'] })
  expect(unmapped).toEqual({ here: [], there: [], unknown: [] })
})

test('what differed only for a moment does not count', async () => {
  await both(PEOPLE)
  await run(here, `UPDATE people SET name = 'x' WHERE id < 3; DELETE FROM people WHERE id = 4`)
  const inBoth = <T>(work: (snapshots: { here: Snapshot; there: Snapshot }) => Promise<T>) =>
    withSnapshot({ target: targetOf(here), signal: never }, (one) =>
      withSnapshot({ target: targetOf(there), signal: never }, (two) => work({ here: one, there: two })),
    )
  const [pairing, first] = await inBoth(async (snapshots) => {
    const { paired } = await pairTables(snapshots, {
      ...{ mapping: {}, tables: undefined },
      asOthers: { here: false, there: false },
    })
    const [one] = paired
    if (one === undefined || !('pairing' in one)) throw new Error('nothing was paired')
    return [one.pairing, await lookOnce(snapshots, one.pairing)] as const
  })
  // One has caught up since, and another one began to differ, which nobody has seen twice.
  await run(here, `UPDATE people SET name = 'n1' WHERE id = 1; UPDATE people SET name = 'y' WHERE id = 3`)
  const told = await inBoth((snapshots) => lookAgain(snapshots, pairing, { first, sample: 9, file: null }))
  expect(told).toMatchObject({ inserted: 0, deleted: 1, changed: 1, keys: expect.arrayContaining(['2', '4']) })
})

test('tables that were compared already are not read again', async () => {
  await both(`${PEOPLE}; CREATE TABLE bag (n int)`)
  const { tables } = await across(here, there, {}, { done: new Set(['public.people']) })
  expect(Object.keys(tables)).toEqual(['public.bag'])
})
