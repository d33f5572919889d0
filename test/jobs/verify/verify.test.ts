import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { backup } from '../../../jobs/backup/index.ts'
import { baseline } from '../../../jobs/baseline/index.ts'
import { restore } from '../../../jobs/restore/index.ts'
import { verify } from '../../../jobs/verify/index.ts'
import type { Choice } from '../../../jobs/verify/params.ts'
import { dumpsHere } from '../../support/dumps-here.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { ORDERS, run } from '../../tools/content/rig.ts'
import { createStage, type Stage } from '../play.ts'

const system = 'orders-db'
let database: TestDatabase
let stage: Stage
let beganAt: string | null
beforeEach(async () => {
  database = await createDatabase({ prefix: 'o' })
  await run(database, ORDERS)
  const folder = mkdtempSync(join(inject('runFolder'), 'backups-'))
  const checks = [{ name: 'paid orders kept', sql: `SELECT count(*) FROM orders WHERE status = 'paid'`, expect: 1000 }]
  beganAt = null
  stage = createStage({ url: database.url, folder, checks, beganAt: () => beganAt })
})
afterEach(() => database.drop())

describe.skipIf(!dumpsHere)('after a restore', () => {
  beforeEach(async () => {
    expect((await stage.play(backup, { system })).failure).toBeNull()
    await run(database, `DELETE FROM log; UPDATE orders SET amount = 0`)
    expect((await stage.play(restore, { system, backup: 'latest' })).failure).toBeNull()
  })
  afterEach(async () => {
    for (const { datname } of await runSql<{ datname: string }>(
      database.url,
      `SELECT datname FROM pg_database WHERE datname LIKE $1 || '\\_%' AND datname <> $1`,
      [database.name],
    )) {
      await run({ url: new URL('/postgres', database.url).href }, `DROP DATABASE "${datname}" WITH (FORCE)`)
    }
  })

  test('the live database is proven against the backup that was restored, properties and checks included', async () => {
    const { view, failure } = await stage.play(verify, { system })
    expect(failure).toBeNull()
    const report = verify.report(view)
    expect(report.summary).toMatch(/^orders-db holds what d-\d{4}, restored by restore-2 holds$/)
    expect(report.proven).toEqual([
      '3 of 3 tables',
      '32 of 32 definitions',
      '1 of 1 sequences',
      '15 of 15 properties of the database',
      '1 of 1 checks',
    ])
    expect(report.left).toEqual([])
  })

  test('tables that people have worked in since are neither green nor red', async () => {
    await run(database, `DELETE FROM log WHERE line = 'l1'; INSERT INTO lines VALUES (1999, 5)`)
    await until('both writes are counted', async () => {
      const rows = await runSql(
        database.url,
        `SELECT FROM pg_stat_user_tables WHERE (relname = 'log' AND n_tup_del > 0) OR (relname = 'lines' AND n_tup_ins > 1000)`,
      )
      return rows.length === 2
    })
    const { view, failure } = await stage.play(verify, { system })
    expect(failure).toBeNull()
    expect(verify.report(view).summary).toContain('shows no difference to')
    expect(verify.card(view).lines).toEqual([
      expect.stringMatching(/^Proven {2}1 of 3 tables, .*, 1 of 1 checks$/),
      '○ table public.lines: written since: 1 inserts, updates or deletes',
      '○ table public.log: written since: 1 inserts, updates or deletes',
    ])
  })

  test('the kept old database can be compared with, and another one that took over its mark cannot', async () => {
    const [old] = await runSql<{ name: string; comment: string }>(
      database.url,
      `SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname LIKE $1 || '\\_old\\_%'`,
      [database.name],
    )
    const admin = { url: new URL('/postgres', database.url).href }
    await run(admin, `ALTER DATABASE "${old?.name}" ALLOW_CONNECTIONS true CONNECTION LIMIT -1`)
    const known = await stage.play(verify, { system, against: String(old?.name), table: 'orders', deep: true })
    expect(known.failure).toMatchObject({ code: 'live_differs' })
    expect(verify.card(known.view).lines.join()).toMatch(/public\.orders: rows \d/)
    const other = await createDatabase()
    await run(other, `COMMENT ON DATABASE "${other.name}" IS '${old?.comment}'`)
    const foreign = await stage.play(verify, { system, against: other.name })
    expect(foreign.failure).toMatchObject({ code: 'database_not_ours' })
    await other.drop()
  })

  test('rows that went without a trace, and lost settings, make it fail and are named', async () => {
    // No counter moves, and every other row is later than the backup, as it was loaded.
    await run(database, `SET track_counts = off; DELETE FROM log WHERE line = 'l1'`)
    const gone = await stage.play(verify, { system, table: 'log' })
    expect(gone.failure).toMatchObject({ code: 'live_differs' })
    await run(database, `TRUNCATE log; ALTER DATABASE "${database.name}" CONNECTION LIMIT 5`)
    const { view, failure } = await stage.play(verify, { system })
    expect(failure).toMatchObject({ code: 'live_differs' })
    expect(String(failure)).toContain('table public.log: 100 rows fewer (expected 100, found 0)')
    expect(String(failure)).toContain('property connection limit: it is not what it was (expected -1, found 5)')
    expect(verify.report(view).left).toHaveLength(2)
    // What was found stays on record; another look is another job, in the same words.
    const offers = { offers: [expect.objectContaining({ command: `verify ${system}` })], retry: false }
    expect(verify.instead?.(view, { code: 'live_differs', facts: {} })).toEqual(offers)
    expect(verify.instead?.(view, { code: 'target_lost', facts: {} })).toBeNull()
  })
})

describe.skipIf(!dumpsHere)('without words, in an incident', () => {
  const judged = async () =>
    (await stage.play(verify, { system })).view.steps[0]?.output as Pick<Choice, 'against' | 'reference'>

  test('a backup or a baseline of after the migration began proves nothing while there is an older backup', async () => {
    await stage.play(backup, { system })
    beganAt = new Date().toISOString()
    const first = await judged()
    await run(database, 'DELETE FROM log')
    await stage.play(backup, { system })
    await stage.play(baseline, { system })
    expect(await judged()).toMatchObject({ reference: first.reference })
    expect(first.against).not.toContain('began')
  })

  test('where there is no other, it says that the damage may be in it', async () => {
    beganAt = '2026-01-01T00:00:00.000Z'
    await stage.play(backup, { system })
    expect((await judged()).against).toMatch(/taken after the migration began$/)
  })
})

describe('against', () => {
  test('a baseline, what changed since is named', async () => {
    await stage.play(baseline, { system })
    expect((await stage.play(verify, { system, against: 'baseline' })).failure).toBeNull()
    await run(database, `DROP VIEW paid; ALTER TABLE orders DROP COLUMN note`)
    const { failure } = await stage.play(verify, { system, against: 'baseline' })
    expect(String(failure)).toContain('column public.orders.note: the column is not there')
  })

  test('another database of the server, nothing of it is read, whatever its name and comment say', async () => {
    const other = await createDatabase({ template: database.name })
    await run(other, `ALTER TABLE lines RENAME TO salaries`)
    for (const comment of ['orders', 'salvor:side:restore-1', 'salvor:old:restore-1 kept for 7d after the switch']) {
      await run(other, `COMMENT ON DATABASE "${other.name}" IS '${comment}'`)
      const { view, failure } = await stage.play(verify, { system, against: other.name, deep: true })
      expect(failure).toMatchObject({ code: 'database_not_ours' })
      expect(JSON.stringify(view.steps)).not.toContain('salaries')
    }
    await other.drop()
  })

  test('a source that the plan does not name, or nothing at all, it says what is missing', async () => {
    const source = await stage.play(verify, { system, against: 'source' })
    expect(source.failure).toMatchObject({ message: 'The plan names no source of orders-db.' })
    const nothing = await stage.play(verify, { system })
    expect(String(nothing.failure)).toContain('There is no restore, baseline or backup with a manifest')
  })
})
