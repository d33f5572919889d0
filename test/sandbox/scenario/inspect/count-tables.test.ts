import { expect, test } from 'vitest'
import { countTables } from '../../../../sandbox/scenario/inspect/count-tables.ts'
import { createDatabase, runSql } from '../../../support/postgres.ts'

const NAMES = ['"Odd name"', 'a', 'b', 'c', 'd']

test('each table has its own count, in whatever order the server counts them', async () => {
  const database = await createDatabase()
  await runSql(
    database.url,
    NAMES.map((name, i) => `CREATE TABLE ${name} AS SELECT n FROM generate_series(1, ${(i + 1) * 1000}) n`).join(';'),
  )
  // As it plans for large tables: several at once, the largest first.
  const eager = new URL(database.url)
  const settings = [
    'parallel_setup_cost=0',
    'parallel_tuple_cost=0',
    'min_parallel_table_scan_size=0',
    'parallel_leader_participation=off',
  ]
  eager.searchParams.set('options', settings.map((setting) => `-c ${setting}`).join(' '))
  expect(await countTables(eager.href)).toEqual([
    { name: 'Odd name', rows: 1000 },
    { name: 'a', rows: 2000 },
    { name: 'b', rows: 3000 },
    { name: 'c', rows: 4000 },
    { name: 'd', rows: 5000 },
  ])
  await database.drop()
})

test('a database without tables has none', async () => {
  const database = await createDatabase()
  expect(await countTables(database.url)).toEqual([])
  await database.drop()
})

test('one that lets nobody in rejects', async () => {
  const database = await createDatabase()
  await database.drop()
  await expect(countTables(database.url)).rejects.toThrow(/does not exist/)
})
