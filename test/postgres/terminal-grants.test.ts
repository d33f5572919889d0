import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildLineCard } from '../../src/domain/cards/line-card.ts'
import { silentLog } from '../../src/ports/log.ts'
import { createCodeLedger } from '../../src/postgres/codes.ts'
import { mayWrite } from '../../src/postgres/may-write.ts'
import { createOutbox } from '../../src/postgres/outbox.ts'
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

test('while the bot’s role counts codes and keeps answers for the thread', async () => {
  const bot = `bot_${randomBytes(4).toString('hex')}`
  const script = readFileSync(new URL('../../src/postgres/grants/bot.sql', import.meta.url), 'utf8')
  await runSql(adminUrl(), `CREATE ROLE ${bot} LOGIN PASSWORD '${password}'`)
  await runSql(database.url, script.replaceAll('salvor_bot', bot))
  const botPool = openPool(urlOf(database.name, { name: bot, password }), 'test', silentLog, 2)
  try {
    expect(await mayWrite(botPool)).toBe(true)
    const ledger = createCodeLedger(botPool)
    expect(await ledger.attempt('bob', () => 1)).toEqual({ kind: 'accepted' })
    expect(await ledger.attempt('bob', () => 1)).toEqual({ kind: 'used' })
    expect(await ledger.attempt('bob', () => null)).toEqual({ kind: 'wrong', left: 4 })
    const outbox = createOutbox(botPool)
    await outbox.put({ request: 'r', incident: 1, afterNo: 0, card: buildLineCard('x'), file: null })
    await outbox.markTold('r')
    // What counted stays counted: not even the bot takes it back.
    for (const table of ['used_codes', 'wrong_codes']) {
      await expect(botPool.query(`DELETE FROM salvor.${table}`)).rejects.toThrow(/permission denied/)
    }
  } finally {
    await botPool.end()
    await runSql(database.url, `DROP OWNED BY ${bot}`)
    await runSql(adminUrl(), `DROP ROLE ${bot}`)
  }
})

test('nor does a terminal see whose codes were wrong', async () => {
  for (const table of ['used_codes', 'wrong_codes', 'outbox']) {
    await expect(pool.query(`SELECT FROM salvor.${table}`)).rejects.toThrow(/permission denied/)
  }
})
