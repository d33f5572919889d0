import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { restore } from '../../../jobs/restore/index.ts'
import { undo } from '../../../jobs/undo/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { adminUrl, dropDatabase, runSql, urlOf } from '../../support/postgres.ts'
import { realTools, stepJob } from '../../support/step-context.ts'

const signal = new AbortController().signal
const params = { system: 'orders-db' }

/** A database that belongs to an application's role, with a maintenance role that is no superuser. */
async function createApp() {
  const tag = randomBytes(4).toString('hex')
  const [name, app, dba] = [`app_${tag}`, `own_${tag}`, `dba_${tag}`]
  const run = (sql: string) => runSql(adminUrl(), sql)
  await run(`CREATE ROLE ${app} LOGIN PASSWORD 'app-secret'`)
  await run(`CREATE ROLE ${dba} LOGIN PASSWORD 'dba-secret' CREATEDB IN ROLE ${app}, pg_signal_backend`)
  await run(`CREATE DATABASE ${name} OWNER ${app}`)
  const appUrl = urlOf(name, { name: app, password: 'app-secret' })
  await runSql(
    appUrl,
    `CREATE TABLE orders (id serial PRIMARY KEY, note text); INSERT INTO orders (note) SELECT 'n' || n FROM generate_series(1, 300) n;
     CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2 * $1'; CREATE VIEW few AS SELECT * FROM orders WHERE id < 10`,
  )
  const drop = async () => {
    const rows = await runSql<{ datname: string }>(
      adminUrl(),
      `SELECT datname FROM pg_database WHERE datname ~ '${tag}'`,
    )
    for (const row of rows) await dropDatabase(row.datname)
    await run(`DROP OWNED BY ${dba}, ${app}; DROP ROLE ${dba}, ${app}`)
  }
  const asDba = urlOf('postgres', { name: dba, password: 'dba-secret' })
  return { name, app, appUrl, asDba, folder: mkdtempSync(join(inject('runFolder'), 'app-')), drop }
}

test('a maintenance role that is no superuser restores and takes back, the application keeps its own role', async () => {
  const { name, app, appUrl, asDba, folder, drop } = await createApp()
  const target = {
    system: 'orders-db',
    url: appUrl,
    adminUrl: asDba,
    session: { step: `backup-${app}/dump`, fence: 1 },
  }
  const { point } = await realTools().archives.dump({ target, folder, jobs: 2, signal })
  await runSql(appUrl, 'DELETE FROM orders WHERE id > 100')
  const beganAt = new Date(Date.parse(point.takenAt) + 1).toISOString()
  const job = stepJob({ kind: restore, params, id: `restore-${app}`, url: appUrl, adminUrl: asDba, folder, beganAt })
  await job.runUpTo('verify')
  await job.run('switch', { approved: await job.evidence('switch') })
  const read = async () => (await runSql<{ n: number }>(appUrl, 'SELECT count(*)::int AS n FROM orders'))[0]?.n
  expect(await read()).toBe(300)
  await runSql(appUrl, `INSERT INTO orders (note) VALUES ('after')`)
  Object.assign(job.view.job, { state: 'succeeded' })
  const back = stepJob({
    kind: undo,
    params: { job: job.view.job.id, system: 'orders-db' },
    id: `undo-${app}`,
    url: appUrl,
    adminUrl: asDba,
    others: [job.view],
  })
  await back.run('check')
  const subject = await back.evidence('switch')
  expect(subject.ceiling).toEqual({ 'public.orders': 1 })
  await back.run('switch', { approved: subject })
  await back.run('confirm')
  expect(await read()).toBe(100)
  const [row] = await runSql(
    adminUrl(),
    `SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = '${name}'`,
  )
  expect(row).toEqual({ owner: app })
  await drop()
})

test('an -Fc file without a manifest is restored, and its content is said to be unproven', async () => {
  const { appUrl, folder, drop } = await createApp()
  const args = ['--format=custom', `--file=${join(folder, 'd-0130.dump')}`, appUrl]
  await createToolRunner().run({ program: join(inject('postgresBin'), 'pg_dump'), args, signal })
  await runSql(
    appUrl,
    `DELETE FROM orders WHERE id > 290; INSERT INTO orders (note) SELECT 'x' FROM generate_series(1, 25)`,
  )
  const checks = [{ name: 'all there', sql: 'SELECT count(*) FROM orders', expect: 300 }]
  const job = stepJob({ kind: restore, params: { ...params, backup: 'd-0130' }, url: appUrl, folder, checks })
  await job.runUpTo('verify')
  const subject = await job.evidence('switch')
  expect(subject.proven).toContain('1 of 1 checks')
  expect(subject.unproven).toContain('no manifest')
  expect(subject.loss).toMatchObject({
    tables: [{ table: 'public.orders', added: 25, changed: 0, gone: 10 }],
    sequences: [{ sequence: 'public.orders_id_seq', live: '325', other: '300' }],
  })
  await job.run('switch', { approved: subject })
  expect(restore.report(job.view).summary).toContain('not fully proven')
  await drop()
})
