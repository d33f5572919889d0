import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { adminUrl, createDatabase, createStoreDatabase, dropDatabase, runSql, urlOf, withClient } from './postgres.ts'

const EXISTS = 'SELECT datname FROM pg_database WHERE datname = $1'

test('a clone holds what its template holds and goes its own way', async () => {
  const template = await createDatabase()
  await runSql(template.url, 'CREATE TABLE kept AS SELECT 7 AS n')
  const clone = await createDatabase({ template: template.name })
  await runSql(clone.url, 'UPDATE kept SET n = 8')
  expect(await runSql(template.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  expect(await runSql(clone.url, 'SELECT n FROM kept')).toEqual([{ n: 8 }])
  await Promise.all([clone.drop(), template.drop()])
  expect(await runSql(adminUrl(), EXISTS, [clone.name])).toEqual([])
})

test('a database is dropped although somebody is still connected', async () => {
  const database = await createDatabase()
  await withClient(database.url, async (client) => {
    await client.query('SELECT 1')
    await database.drop()
  })
  expect(await runSql(adminUrl(), EXISTS, [database.name])).toEqual([])
})

test('the database of a failed test is kept', async ({ task }) => {
  const database = await createDatabase()
  const { result } = task
  if (result === undefined) throw new Error('a running test has a result')
  const state = result.state
  result.state = 'fail'
  await database.drop().finally(() => {
    result.state = state
  })
  expect(await runSql(adminUrl(), EXISTS, [database.name])).toEqual([{ datname: database.name }])
  await dropDatabase(database.name)
  rmSync(join(inject('runFolder'), `kept-${database.name}`))
})

test('the address of a role keeps characters that an address gives a meaning', () => {
  const url = new URL(urlOf('a/b', { name: 'me@home', password: 'p:/?#' }, 'postgres://x:y@127.0.0.1:5432/z'))
  expect([url.pathname, decodeURIComponent(url.username), decodeURIComponent(url.password)]).toEqual([
    '/a%2Fb',
    'me@home',
    'p:/?#',
  ])
})

test('the cluster is one that slots, prepared transactions and many sessions can be tested on', async () => {
  const names = ['wal_level', 'max_prepared_transactions', 'max_connections', 'listen_addresses']
  const rows = await runSql<{ name: string; setting: string }>(
    adminUrl(),
    'SELECT name, setting FROM pg_settings WHERE name = ANY($1) ORDER BY name',
    [names],
  )
  expect(rows.map(({ setting }) => setting)).toEqual(['127.0.0.1', '200', '5', 'logical'])
})

test('clones of the migrated store are had by many at once, and are empty', async () => {
  const stores = await Promise.all([createStoreDatabase(), createStoreDatabase(), createStoreDatabase()])
  for (const store of stores) {
    expect(await runSql(store.url, 'SELECT count(*)::int AS n FROM salvor.events')).toEqual([{ n: 0 }])
    await store.drop()
  }
  expect(new Set(stores.map(({ name }) => name)).size).toBe(3)
})
