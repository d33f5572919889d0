import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFreePort } from '../sandbox/bootstrap/index.ts'
import { createDatabase, type TestDatabase } from './support/postgres.ts'
import { startScript, type TestProcess } from './support/processes.ts'
import { games, typeAs } from './support/terminal.ts'
import { until } from './support/until.ts'

/** A service whose process is a file's time: each touch is a restart. */
const makePlan = (pid: string) => `version: 1
title: A plan for tests
people: { alice: { slack: U0ALICE, os: ${games.name} } }
roles: { dba: { users: [alice, U0BOB] } }
approvals: { destructive: { from: [dba], approveWithin: 1s } }
systems:
  demo: { kind: service, owner: dba, restart: [touch, ${pid}], identity: [stat, -c, '%.9Y', ${pid}], settle: 1s }
  shop: { kind: postgres, owner: dba, superuser: a server of the tests, url: '\${SHOP_URL}' }
migrations: { shop: { system: shop, rerun: ['true'] } }
procedures: { twice: { title: Twice, steps: [{ restart: demo }, { restart: demo }] } }
`

// Only root may become somebody else.
describe.skipIf(process.getuid?.() !== 0)('a terminal beside a worker, with no bot', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'salvor-alone-'))
  let database: TestDatabase
  let worker: TestProcess | undefined
  const type = (...words: string[]) => typeAs(games, words, { PATH: process.env.PATH, DATABASE_URL: database.url })

  const startRole = async (role: string) => {
    const port = await findFreePort()
    const shop = new URL(database.url)
    shop.pathname = '/postgres'
    const env = {
      ...{ DATABASE_URL: database.url, SALVOR_PLAN: join(folder, 'salvor.yaml') },
      ...{ PORT: String(port), SHOP_URL: shop.href },
    }
    const started = startScript('bin/salvor.js', [role], env)
    await until(`${role} is ready`, async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200, 40_000)
    return started
  }

  beforeAll(async () => {
    database = await createDatabase({ prefix: 'alone' })
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'pid'), '')
    writeFileSync(join(folder, 'salvor.yaml'), makePlan(join(folder, 'pid')))
    const bot = await startRole('bot')
    bot.kill('SIGTERM')
    await bot.ended()
    worker = await startRole('worker')
  })

  afterAll(async () => {
    worker?.kill('SIGTERM')
    await worker?.ended()
    await database?.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('runs a procedure to its end while somebody watches', async () => {
    await type('open', 'Orders lost')
    const ended = await type('run', 'twice')
    expect(ended, ended.err).toMatchObject({ exit: 0, out: expect.stringMatching(/✅ run-1/) })
    expect(ended.out).toContain('restart-2 done')
  })

  test('knows that the time to approve is over, and asks again', async () => {
    const asked = await type('rerun', 'shop')
    expect(asked, asked.err).toMatchObject({ exit: 3, out: expect.stringContaining('Approve running the migration') })
    await until('the time is over', async () => (await type('status')).out.includes('to retry or stop rerun-1'), 40_000)
    const again = await type('retry', 'rerun-1')
    expect(again, again.err).toMatchObject({
      exit: 3,
      out: expect.stringMatching(/run again[\s\S]*Approve running the migration/),
    })
  })
})
