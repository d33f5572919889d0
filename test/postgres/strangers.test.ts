import { afterEach, beforeEach, expect, it } from 'vitest'
import { createStoreDatabase, runSql, type TestDatabase, urlOf } from '../support/postgres.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

let database: TestDatabase
const stranger = `stranger_${process.pid}`

beforeEach(async () => {
  database = await createStoreDatabase()
  await runSql(database.url, `CREATE ROLE ${stranger} LOGIN PASSWORD 'only-for-tests'`)
  await runSql(database.url, 'GRANT CREATE ON SCHEMA public TO PUBLIC')
})
afterEach(async () => {
  await runSql(database.url, `DROP ROLE ${stranger}`)
  await database.drop()
})

it('a login without a grant does not get into the store, so it cannot take the lock of a step', async () => {
  const address = urlOf(database.name, { name: stranger, password: 'only-for-tests' })
  const take = `SELECT pg_advisory_lock(hashtextextended('salvor step restore-1/choose', 0))`
  await runSql(address, take)
  await makeStoreRoles(database)
  await expect(runSql(address, take)).rejects.toThrow(/permission denied for database/)
})

it('bot and worker get in and create nothing, not even for their own session', async () => {
  const { bot, worker } = await makeStoreRoles(database)
  for (const address of [bot, worker]) {
    await expect(runSql(address, 'CREATE TABLE public.mine (id int)')).rejects.toThrow(/permission denied/)
    await expect(runSql(address, 'CREATE TEMP TABLE mine (id int)')).rejects.toThrow(/permission denied/)
    await runSql(address, 'SELECT 1')
  }
})
