import { execFileSync } from 'node:child_process'
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { type LocalPostgres, startPostgres } from '../../sandbox/bootstrap/start-postgres.ts'
import type { SalvorProcess } from '../../sandbox/start-night.ts'
import type { LeftBehind } from '../../src/domain/left-behind.ts'
import { channel, openNight, type TestNight } from '../support/night.ts'
import { adminUrl, runSql, urlOf } from '../support/postgres.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'
import { awaitEnd, type Ended, restore } from './steer-restores.ts'

const settings = { wal_level: 'logical', max_prepared_transactions: '5', fsync: 'off', full_page_writes: 'off' }
const isRoot = process.getuid?.() === 0
let cluster: LocalPostgres
let night: TestNight
let worker: SalvorProcess | undefined
let before: { oid: number; orders: number }
/** The small disk, once it is there. */
let mount: string | undefined

beforeAll(async () => {
  // A cluster of its own, which a test may stop, and whose disk may be full.
  cluster = await startPostgres({ dir: mkdtempSync(join(inject('runFolder'), 'target-')), settings })
  night = await openNight({ scale: 0.002, adminUrl: cluster.url('postgres') })
  before = await lookAtLive()
  await night.start('bot')
  worker = await night.start('worker')
  await command(night, 'alice', 'open Orders lost')
  await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
})

afterAll(async () => {
  await night.close()
  await cluster.stop('immediate')
  if (mount !== undefined) execFileSync('umount', [mount])
  // Nobody else has looked into the shared cluster under this name.
  await runSql(adminUrl(), `DROP DATABASE IF EXISTS ${night.database}`)
})

afterEach(async () => {
  expect(await lookAtLive()).toEqual(before)
  expect(night.slack.violations).toEqual([])
})

function sql<Row extends Record<string, unknown>>(text: string, database = 'postgres') {
  return runSql<Row>(cluster.url(database), text)
}

async function lookAtLive(): Promise<typeof before> {
  const [place] = await sql<{ oid: number }>(`SELECT oid::int FROM pg_database WHERE datname = '${night.database}'`)
  const [content] = await sql<{ n: number }>('SELECT count(*)::int AS n FROM orders', night.database)
  return { oid: place?.oid ?? 0, orders: content?.n ?? 0 }
}

async function listDatabases(): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    `SELECT datname::text AS name FROM pg_database WHERE starts_with(datname, '${night.database}') ORDER BY 1`,
  )
  return rows.map((row) => row.name)
}

/** The words of a failure, as the requester reads them in the thread. */
async function expectSaid({ job, said, hint }: Ended): Promise<void> {
  await night.slack.waitFor(`the words of ${job} in the thread`, () =>
    night.slack
      .thread(channel, night.rootTs())
      .find((one) => one.text.includes(`${job} failed`) && one.text.includes('<@U0ALICE>')),
  )
  expect(said.length).toBeGreaterThan(10)
  expect(hint.length).toBeGreaterThan(10)
}

async function restartWorker(env: NodeJS.ProcessEnv = {}): Promise<void> {
  worker?.kill('SIGTERM')
  await worker?.ended
  worker = await night.start('worker', env)
}

/** Puts away what a job left, and sees it gone. */
async function cleanUp(job: string): Promise<void> {
  const state = await night.jobState(job)
  await command(night, 'alice', `stop ${job}`)
  if (state !== 'failed') {
    await until(`${job} to be stopped`, async () => (await night.jobState(job)) === 'stopped')
    await command(night, 'alice', `stop ${job}`)
  }
  await until('the side database to be gone', async () => (await listDatabases()).length === 1, 20_000)
}

describe('preflight refuses before anything is changed', () => {
  const cases: [string, string, RegExp, () => Promise<unknown>, () => Promise<unknown>][] = [
    [
      'a prepared transaction',
      'target_prepared',
      /prepared transactions \(held-back\)/,
      () => sql(`BEGIN; CREATE TABLE held (); PREPARE TRANSACTION 'held-back'`, night.database),
      () => sql(`ROLLBACK PREPARED 'held-back'`, night.database),
    ],
    [
      'a logical replication slot',
      'target_slots',
      /logical replication slots \(audit_feed\)/,
      () => sql(`SELECT pg_create_logical_replication_slot('audit_feed', 'pgoutput')`, night.database),
      () => sql(`SELECT pg_drop_replication_slot('audit_feed')`, night.database),
    ],
    [
      'a subscription',
      'target_subscriptions',
      /subscriptions \(from_shop\)/,
      () =>
        sql(
          `CREATE SUBSCRIPTION from_shop CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE)`,
          night.database,
        ),
      () => sql('DROP SUBSCRIPTION from_shop', night.database),
    ],
  ]
  it.each(cases)('%s', async (_what, code, said, arrange, putBack) => {
    await arrange()
    try {
      const ended = await restore(night)
      expect(ended).toMatchObject({ state: 'failed', step: 'preflight', code, said: expect.stringMatching(said) })
      await expectSaid(ended)
      expect(await listDatabases()).toEqual([night.database])
    } finally {
      await putBack()
    }
  })

  it('a role that the archive needs and the server lacks, by name', async () => {
    await sql('CREATE ROLE "night auditor"')
    await sql('GRANT SELECT ON orders TO "night auditor"', night.database)
    await command(night, 'alice', 'backup orders-db')
    expect((await awaitEnd(night, 'backup-1')).state).toBe('succeeded')
    await sql('DROP OWNED BY "night auditor"; DROP ROLE "night auditor"', night.database)
    const ended = await restore(night, '--backup latest')
    expect(ended).toMatchObject({ state: 'failed', step: 'preflight', code: 'target_role_missing' })
    expect(ended.said).toMatch(/role "?night auditor"? does not exist/)
    expect(ended.hint).toMatch(/CREATE ROLE "night auditor"/)
    await expectSaid(ended)
    expect(await listDatabases()).toEqual([night.database])
  })

  it('a password that is wrong, without repeating it', async () => {
    const wrong = new URL(night.orders.env.ORDERS_ADMIN_URL)
    wrong.password = 'not-the-password'
    await restartWorker({ ORDERS_ADMIN_URL: wrong.href })
    const ended = await restore(night)
    expect(ended).toMatchObject({ state: 'failed', step: 'choose', code: 'target_refused' })
    expect(ended.said).toMatch(/password authentication failed/)
    await expectSaid(ended)
    expect(JSON.stringify(await night.query('SELECT data FROM salvor.events'))).not.toContain('not-the-password')
    expect(night.threadText()).not.toContain('not-the-password')
    expect(await listDatabases()).toEqual([night.database])
  })

  it('a maintenance connection that leads to another server, even where names are the same', async () => {
    await runSql(adminUrl(), `CREATE DATABASE ${night.database}`)
    const stray = { name: `stray_${night.database}`, password: 'stray-secret' }
    await runSql(adminUrl(), `CREATE ROLE "${stray.name}" LOGIN CREATEDB PASSWORD '${stray.password}'`)
    await restartWorker({ ORDERS_ADMIN_URL: urlOf('postgres', stray) })
    const ended = await restore(night)
    expect(ended).toMatchObject({ state: 'failed', step: 'choose', code: 'target_not_expected' })
    expect(ended.said).toMatch(/url leads to system identifier \d+, adminUrl to \d+/)
    await expectSaid(ended)
    const rows = await runSql(adminUrl(), `SELECT FROM pg_database WHERE starts_with(datname, '${night.database}')`)
    expect(rows).toHaveLength(1)
    expect(await listDatabases()).toEqual([night.database])
  })

  it('an address that the environment does not hold, by name', async () => {
    await restartWorker({ ORDERS_ADMIN_URL: '' })
    const ended = await restore(night)
    expect(ended).toMatchObject({ state: 'failed', code: 'plan_variable' })
    expect(ended.said).toMatch(/salvor\.yaml:\d+:\d+: the environment has no ORDERS_ADMIN_URL/)
    await expectSaid(ended)
    await restartWorker()
  })
})

describe('the target goes away in the middle of the load', () => {
  it('which is said in words, and a retry starts on a fresh side database once it is back', async () => {
    const { port, dir } = cluster
    const side = `${night.database}_side_1`
    await command(night, 'alice', 'restore orders-db')
    await until(
      'the load to be at work',
      () =>
        sql(`SELECT FROM pg_stat_activity WHERE datname = '${side}' AND application_name ~ 'load'`).then(
          (rows) => rows.length > 0,
        ),
      60_000,
      5,
    )
    await cluster.stop('immediate')
    const [row] = await night.query<{ id: string }>('SELECT id FROM salvor.jobs ORDER BY requested_at DESC LIMIT 1')
    const ended = await awaitEnd(night, row?.id ?? '')
    cluster = await startPostgres({ dir, port, settings })
    expect(ended).toMatchObject({ state: 'failed', step: 'load' })
    expect(ended.code).toMatch(/^target_(lost|unreachable)$/)
    await expectSaid(ended)
    const [job] = await night.query<{ left: LeftBehind[] }>(
      'SELECT left_behind AS left FROM salvor.jobs WHERE id = $1',
      [ended.job],
    )
    expect(job?.left).toContainEqual({ code: 'side_database', facts: { name: side } })
    expect(night.threadText()).toContain(side)
    await night.slack.as('alice').presses(`Retry ${ended.job}`, { channel })
    await until('the retry to end', async () => (await night.jobState(ended.job)) === 'awaiting_approval', 60_000)
    expect((await listDatabases()).filter((name) => name.includes('_side_'))).toHaveLength(1)
    await cleanUp(ended.job)
  })
})

describe.skipIf(!isRoot)('the disk of the target is full (needs root, to mount a small one)', () => {
  it('which is said in words, and the side database is gone or named', async () => {
    mount = mkdtempSync(join(inject('runFolder'), 'small-'))
    const { uid, gid } = statSync(cluster.dir)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m,mode=711', 'tmpfs', mount])
    mkdirSync(join(mount, 'space'))
    chownSync(join(mount, 'space'), uid, gid)
    await sql(`CREATE TABLESPACE small LOCATION '${join(mount, 'space')}'`)
    await sql('GRANT CREATE ON TABLESPACE small TO salvor_dba')
    await night.orders.control('stop')
    await sql(`ALTER DATABASE ${night.database} SET TABLESPACE small`)
    // As if the backups had been made there: a side database goes where its manifest says that the database was.
    for (const name of readdirSync(night.orders.backups).filter((one) => one.endsWith('.manifest.json'))) {
      const path = join(night.orders.backups, name)
      writeFileSync(path, readFileSync(path, 'utf8').replace(/"tablespace":\s*"pg_default"/, '"tablespace":"small"'))
    }
    // About what an empty database takes: it ends while the side database is made or filled.
    const left = 2_700_000
    const { bavail, bsize } = statfsSync(mount)
    writeFileSync(join(mount, 'filler'), Buffer.alloc(bavail * bsize - left))
    const ended = await restore(night)
    expect(ended).toMatchObject({ state: 'failed', code: 'target_full' })
    expect(ended.said).toMatch(/disk of orders-db is full: .*(No space left on device|could not extend file)/)
    await expectSaid(ended)
    // What filled the disk is gone, and nothing is left to be named.
    expect(await listDatabases()).toEqual([night.database])
    const [job] = await night.query<{ left: LeftBehind[] }>(
      'SELECT left_behind AS left FROM salvor.jobs WHERE id = $1',
      [ended.job],
    )
    expect(job?.left).toEqual([])
    rmSync(join(mount, 'filler'))
    await night.slack.as('alice').presses(`Retry ${ended.job}`, { channel })
    await until('the retry to end', async () => (await night.jobState(ended.job)) === 'awaiting_approval', 60_000)
    await cleanUp(ended.job)
  })
})
