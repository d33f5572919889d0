import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog } from '../../src/ports/log.ts'
import { mayWrite } from '../../src/postgres/may-write.ts'
import { openPool } from '../../src/postgres/pool.ts'
import { createStore } from '../../src/postgres/store.ts'
import { adminUrl, createStoreDatabase, runSql, type TestDatabase, urlOf } from '../support/postgres.ts'

const grants = readFileSync(new URL('../../src/postgres/grants/terminal.sql', import.meta.url), 'utf8')
// Roles belong to the whole cluster, and other tests count those of Salvor: this one has a name of its own.
const role = `terminal_${randomBytes(4).toString('hex')}`
const password = 'only-for-tests'

let database: TestDatabase
let pool: ReturnType<typeof openPool>

beforeAll(async () => {
  database = await createStoreDatabase()
  await runSql(adminUrl(), `CREATE ROLE ${role} LOGIN PASSWORD '${password}'`)
  await runSql(database.url, grants.replaceAll('salvor_terminal', role))
  await runSql(
    database.url,
    `INSERT INTO salvor.incidents (number, title, severity, state, opened_by, opened_at)
     VALUES (1, 'Orders lost', 2, 'open', 'alice', now())`,
  )
  pool = openPool(urlOf(database.name, { name: role, password }), 'test', silentLog, 2)
})

afterAll(async () => {
  await pool?.end()
  await runSql(database.url, `DROP OWNED BY ${role}`)
  await runSql(adminUrl(), `DROP ROLE ${role}`)
  await database?.drop()
})

test('a terminal with a role of its own reads what status tells', async () => {
  const store = createStore(pool)
  expect(await store.listIncidents({})).toHaveLength(1)
  expect(await store.viewIncident(1)).toMatchObject({ jobs: [] })
  expect(await store.listActiveJobs()).toEqual([])
  expect(await store.listLocks()).toEqual([])
  expect(await store.listRuns(1)).toEqual([])
  expect(await mayWrite(pool)).toBe(false)
})

test('and may write nothing at all, in no table of the store', async () => {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'salvor' AND c.relkind = 'r'
        AND (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege(c.oid, 'INSERT, UPDATE'))`,
  )
  expect(rows).toEqual([])
  await expect(
    pool.query(`INSERT INTO salvor.decisions VALUES ('restore-1/a1', 'bob', 'approve', NULL, now())`),
  ).rejects.toThrow(/permission denied/)
})

test('nor see whose codes were wrong', async () => {
  for (const table of ['used_codes', 'wrong_codes', 'outbox']) {
    await expect(pool.query(`SELECT FROM salvor.${table}`)).rejects.toThrow(/permission denied/)
  }
})
