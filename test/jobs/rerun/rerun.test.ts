import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { rerun } from '../../../jobs/rerun/index.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { type SteppedJob, stepJob } from '../../support/step-context.ts'
import { until } from '../../support/until.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createDatabase({ prefix: 'rerun' })
  await runSql(database.url, 'CREATE TABLE orders AS SELECT 1 AS id')
})
afterAll(() => database.drop())
beforeEach(() => {
  folder = mkdtempSync(join(inject('runFolder'), 'rerun-'))
})

/** A migration that is a program of one line; `@` stands for its folder. */
function migration(code: string, more: { stop?: string; expect?: number; rejects?: object } = {}): SteppedJob {
  const argv = (text: string) => [process.execPath, '-e', text.replaceAll('@', folder)]
  const log = join(folder, 'migration.log')
  writeFileSync(log, 'old lines\n')
  return stepJob({
    kind: rerun,
    params: { migration: 'orders', system: 'orders-db' },
    url: database.url,
    checks: [{ name: 'one order', sql: 'SELECT count(*) FROM orders', expect: more.expect ?? 1 }],
    logs: { migration: { path: log } },
    migrations: {
      orders: {
        system: 'orders-db',
        log: 'migration',
        rerun: argv(code),
        ...(more.stop === undefined ? {} : { stop: argv(more.stop) }),
      },
    },
  })
}

const waits = `fs.writeFileSync('@/pid', String(process.pid)); setInterval(() => fs.existsSync('@/stop') && process.exit(7), 20)`
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a migration that is run again', () => {
  it('is followed line by line, ends, and is proven by the checks of its system', async () => {
    const job = migration(
      `console.log('batch 1 of 2'); console.error('password=hunter22 used'); fs.appendFileSync('@/migration.log', 'batch 2 of 2\\n')`,
    )
    const seen: string[] = []
    await job.run('look')
    const subject = await job.evidence('run')
    expect(subject).toMatchObject({ verb: 'rerun', action: 'running the migration orders again' })
    await job.run('run', { approved: subject, onProgress: (phase) => seen.push(phase) })
    await job.run('check')
    expect(seen).toContain('batch 1 of 2')
    expect(seen.at(-1)).toBe('batch 2 of 2')
    expect(seen.join()).not.toContain('hunter22')
    expect(await job.isDone('run')).toMatchObject({ done: 'yes', output: { exitCode: 0 } })
    expect(rerun.report(job.view)).toMatchObject({
      summary: 'orders ran again: node ended with 0, 1 checks passed',
      recovers: true,
    })
  })

  it('that ends badly fails with its last lines', async () => {
    const job = migration(`console.log('batch 1'); console.error('no such table'); process.exit(3)`)
    await job.run('look')
    const failing = job.run('run')
    await expect(failing).rejects.toMatchObject({ code: 'rerun_failed', excerpt: 'batch 1\nno such table' })
    await expect(failing).rejects.toThrow('node ended with 3')
    expect(await job.isDone('run')).toEqual({ done: 'no' })
  })

  it('that ends badly says what failed first in its log since then, and not what failed before', async () => {
    const words = 'ERROR orders batch 1: value too long for type character varying(12) (SQLSTATE 22001)'
    const job = migration(
      `fs.appendFileSync('@/migration.log', new Date().toISOString() + ' ${words}\\n'); process.exit(1)`,
    )
    await job.run('look')
    await expect(job.run('run')).rejects.toThrow(/node ended with 1; its log: .*22001 \(migration\.log line 2/)
  })

  it('that ends with 0 and leaves a broken system is not believed', async () => {
    const job = migration('0', { expect: 2 })
    await job.runUpTo('run')
    await expect(job.run('check')).rejects.toMatchObject({ code: 'rerun_unproven' })
  })

  it('is told to stop by the plan, and what it wrote down of its end settles it', async () => {
    const job = migration(waits, { stop: `fs.writeFileSync('@/stop', '')` })
    await job.run('look')
    const control = new AbortController()
    const running = job.run('run', { signal: control.signal })
    await until('the migration to run', async () => existsSync(join(folder, 'pid')))
    control.abort(new Error('stopped by bob'))
    await expect(running).rejects.toThrow('stopped by bob')
    expect(existsSync(join(folder, 'stop'))).toBe(true)
    expect(isAlive(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(false)
    expect(await job.isDone('run')).toEqual({ done: 'no' })
  })

  it('whose stop fails is ended all the same', async () => {
    const job = migration(waits, { stop: 'process.exit(0)' })
    await job.run('look')
    Object.assign(job.plan.migrations.orders ?? {}, { stop: ['/no/such/program'] })
    const control = new AbortController()
    const running = job.run('run', { signal: control.signal })
    await until('the migration to run', async () => existsSync(join(folder, 'pid')))
    control.abort(new Error('stopped by bob'))
    await expect(running).rejects.toThrow('stopped by bob')
  })

  it('whose end nobody saw is for a person to settle', async () => {
    const job = migration('0')
    await job.runUpTo('run')
    const step = job.view.steps.find(({ name }) => name === 'run')
    const begun = Object.entries(step?.records ?? {}).filter(([name]) => name.startsWith('started'))
    Object.assign(step ?? {}, { records: Object.fromEntries(begun) })
    expect(await job.isDone('run')).toMatchObject({ done: 'unknown', why: { code: 'migration_unseen' } })
  })

  it('without a command in the plan does not begin', async () => {
    const job = migration('0')
    Object.assign(job.plan.migrations.orders ?? {}, { rerun: undefined })
    await expect(job.run('look')).rejects.toMatchObject({ code: 'migration_no_rerun' })
  })
})
