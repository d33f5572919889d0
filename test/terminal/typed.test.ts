import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFreePort } from '../../sandbox/bootstrap/index.ts'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'
import { startScript, type TestProcess } from '../support/processes.ts'
import { type Account, daemon, games, mail, typeAs } from '../support/terminal.ts'
import { until } from '../support/until.ts'

/** A service whose process is a file's time: each touch is a restart. */
const makePlan = (pid: string) => `version: 1
title: A plan for tests
timezone: Asia/Seoul
people:
  alice: { slack: U0ALICE, os: ${games.name} }
  bob: { slack: U0BOB, os: ${daemon.name} }
roles: { dba: { users: [alice, bob] } }
systems: { demo: { kind: service, tier: 1, owner: dba, restart: [touch, ${pid}], identity: [stat, -c, '%.9Y', ${pid}], settle: 1s } }
procedures: { bounce: { title: Bounce it, steps: [{ restart: demo }, { manual: { title: Look at it, owner: dba } }] } }
`

// Only root may become somebody else; everything below is about who somebody is.
describe.skipIf(process.getuid?.() !== 0)('what is typed at a terminal', { timeout: 120_000 }, () => {
  let database: TestDatabase
  let serve: TestProcess
  const type = (account: Account, ...words: string[]) =>
    typeAs(account, words, { PATH: process.env.PATH, DATABASE_URL: database.url })

  beforeAll(async () => {
    database = await createDatabase({ prefix: 'typed' })
    const folder = mkdtempSync(join(tmpdir(), 'salvor-typed-'))
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'pid'), '')
    writeFileSync(join(folder, 'salvor.yaml'), makePlan(join(folder, 'pid')))
    const env = { DATABASE_URL: database.url, SALVOR_PLAN: join(folder, 'salvor.yaml') }
    const port = await findFreePort()
    serve = startScript('bin/salvor.js', ['serve'], { ...env, SALVOR_WORKER: 'db1', PORT: String(port) })
    await until('ready', async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200, 20_000)
  })

  afterAll(async () => {
    serve?.kill('SIGTERM')
    await serve?.ended()
    await database?.drop()
  })

  test('has the same effect as in Slack, by the same person', async () => {
    const opened = await type(games, 'open', 'Orders lost after cut-over', '--severity', '1')
    expect(opened).toMatchObject({ exit: 0, out: expect.stringContaining('alice: Opened: Orders lost') })
    const shown = await type(daemon, 'status')
    expect(shown).toMatchObject({
      exit: 0,
      out: expect.stringContaining('#1 Orders lost after cut-over · SEV1 · open'),
    })
  })

  test('is watched to its end, each event once', async () => {
    const done = await type(games, 'restart', 'demo')
    expect(done, done.err).toMatchObject({ exit: 0, out: expect.stringMatching(/✅ restart-1/) })
    expect(done.out.match(/alice: restart-1 asked for: restart demo/g)).toHaveLength(1)
  })

  test('is left alone when nobody wants to watch', async () => {
    const started = await type(games, 'restart', 'demo', '--no-follow')
    expect(started).toMatchObject({ exit: 0, out: expect.stringContaining('restart-2 asked for: restart demo') })
    expect(started.out).not.toContain('✅')
  })

  test('is nobody’s under root, and nobody’s where the plan does not map the account', async () => {
    const root = await type({ name: 'root', uid: 0 }, 'status')
    expect(root).toMatchObject({ exit: 1, err: expect.stringMatching(/root is nobody/) })
    expect(await type(mail, 'status')).toMatchObject({ exit: 1, err: expect.stringContaining('whose account mail is') })
  })

  test('needs no Redis: what was begun is found in the store', async () => {
    const env = { PATH: process.env.PATH, DATABASE_URL: database.url, REDIS_URL: 'redis://127.0.0.1:1' }
    const done = await typeAs(games, ['--json', 'restart', 'demo'], env)
    const documents = done.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(documents[0]).toEqual({ type: 'start', person: 'alice', timezone: 'Asia/Seoul' })
    expect(documents.at(-1)).toEqual({ type: 'end', exit: 0, jobs: [{ job: 'restart-3', state: 'succeeded' }] })
  })

  test('runs a whole procedure, and waits no longer than there is something to see', async () => {
    const begun = await type(games, 'run', 'bounce')
    expect(begun, begun.err).toMatchObject({
      exit: 3,
      out: expect.stringMatching(/Look at it[\s\S]*salvor done run-1 2/),
    })
    expect(begun.out.match(/restart-4 done/g)).toHaveLength(1)
    const ended = await type(daemon, 'done', 'run-1', '2', 'it answers')
    expect(ended, ended.err).toMatchObject({ exit: 0, out: expect.stringMatching(/✅ run-1/) })
  })

  test('needs no store to say what can be typed, and which word was meant', async () => {
    const help = await typeAs(games, ['help'], { PATH: process.env.PATH })
    expect(help).toMatchObject({ exit: 0, out: expect.stringContaining('restore <system>') })
    const slip = await typeAs(games, ['restor', 'orders-db'], { PATH: process.env.PATH })
    expect(slip).toMatchObject({ exit: 2, err: expect.stringContaining('Did you mean `restore <system>') })
  })

  test('tells by its exit code that words were wrong', async () => {
    expect(await type(games, 'restore', 'orders')).toMatchObject({ exit: 2, err: expect.stringContaining('no system') })
  })
})
