import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import type { RemedyRun } from '../../../src/ports/remedy-tools.ts'
import { createRemedyTools } from '../../../src/tools/remedies/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { startPgProxy } from '../../support/pg-proxy.ts'
import { adminUrl, createDatabase, runSql, type TestDatabase, withClient } from '../../support/postgres.ts'

const tools = createRemedyTools({ run: createToolRunner(), redact: (text) => text })
let database: TestDatabase
beforeEach(async () => {
  database = await createDatabase({ prefix: 'remedy' })
  await runSql(database.url, 'CREATE TABLE orders AS SELECT n AS id FROM generate_series(1, 20) n')
})
afterEach(() => database.drop())

const of = (statements: string[], url = database.url): RemedyRun => ({
  target: { system: 'orders-db', url, adminUrl: adminUrl(), session: { step: 'remedy/test', fence: 1 } },
  statements,
  rejects: null,
  withinMs: 10_000,
  signal: AbortSignal.timeout(20_000),
})
const count = async () => (await runSql<{ n: number }>(database.url, 'SELECT count(*)::int AS n FROM orders'))[0]?.n

describe('should the reading of a remedy ever err', () => {
  it('a piece that hides a second statement is refused by the server', async () => {
    const run = of(['DELETE FROM orders', 'SELECT 1; COMMIT'])
    await expect(tools.rehearse({ ...run, showRows: false })).rejects.toThrow(/multiple commands.*42601/)
    expect(await count()).toBe(20)
  })

  it('a statement that ends the transaction is noticed at once, and nobody is told that all is well', async () => {
    const run = of(['DELETE FROM orders WHERE id = 1', 'ROLLBACK', 'DELETE FROM orders'])
    const broken = tools.rehearse({ ...run, showRows: false })
    await expect(broken).rejects.toMatchObject({ code: 'remedy_broke_out', facts: { number: 2 } })
    expect(await count()).toBe(20)
  })

  it('one that ends it and begins another is noticed too', async () => {
    const run = of(['ROLLBACK AND CHAIN', 'DELETE FROM orders'])
    await expect(tools.rehearse({ ...run, showRows: false })).rejects.toMatchObject({ code: 'remedy_broke_out' })
    expect(await count()).toBe(20)
  })
})

test('a table that will be emptied is closed to writers from its count on', async () => {
  const { effect, replay } = await tools.rehearse({ ...of(['TRUNCATE orders']), showRows: false })
  const proxy = await startPgProxy(adminUrl())
  try {
    const held = proxy.hold(/^TRUNCATE/)
    const run = of(['TRUNCATE orders'], proxy.through(database.url))
    const committing = tools.commit({ ...run, expected: { effect, replay }, beforeCommit: async () => {} })
    const { release } = await held
    await withClient(database.url, async (other) => {
      await other.query(`SET lock_timeout = '100ms'`)
      await expect(other.query('INSERT INTO orders VALUES (21)')).rejects.toMatchObject({ code: '55P03' })
    })
    release()
    expect(await committing).toMatchObject({ committed: true })
  } finally {
    await proxy.close()
  }
  expect(await count()).toBe(0)
})

test('a session of the step is gone when it has ended, and nothing of its settings stays', async () => {
  await tools.rehearse({ ...of([`SET LOCAL search_path = 'x'`]), showRows: false })
  await expect
    .poll(() =>
      runSql(adminUrl(), `SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'salvor:remedy/test%'`),
    )
    .toEqual([])
})

test('rows of a server that counts nothing are not taken for none', async () => {
  await runSql(database.url, `ALTER DATABASE ${database.name} SET track_counts = off`)
  await expect(tools.rehearse({ ...of(['DELETE FROM orders']), showRows: false })).rejects.toThrow(
    'track_counts is off',
  )
})

test('changes inside blocks that failed and were caught are counted the same way twice', async () => {
  const block = `DO $$ BEGIN DELETE FROM orders WHERE id <= 5; BEGIN DELETE FROM orders; RAISE 'no'; EXCEPTION WHEN OTHERS THEN NULL; END; END $$`
  const { effect, replay } = await tools.rehearse({ ...of([block]), showRows: false })
  const done = await tools.commit({ ...of([block]), expected: { effect, replay }, beforeCommit: async () => {} })
  expect(done.committed).toBe(true)
  expect(await count()).toBe(15)
})
