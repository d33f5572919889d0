import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFreePort } from '../../sandbox/bootstrap/index.ts'
import { createDatabase, runSql, type TestDatabase } from '../support/postgres.ts'
import { startScript, type TestProcess } from '../support/processes.ts'
import { type Account, daemon, games, sitAs, typeAs } from '../support/terminal.ts'
import { until } from '../support/until.ts'

const secret = new Secret().base32
const makePlan = (pid: string) => `version: 1
title: A plan for tests
people:
  alice: { slack: U0ALICE, os: ${games.name} }
  bob: { slack: U0BOB, os: ${daemon.name} }
roles: { dba: { users: [alice, bob] } }
systems: { demo: { kind: service, owner: dba, restart: [touch, ${pid}], identity: [stat, -c, '%.9Y', ${pid}], settle: 1s } }
`

const subject = {
  ...{
    action: 'the restart of demo',
    verb: 'restart',
    target: 'demo',
    proven: 'nothing',
    unproven: 'none',
    lost: 'nothing',
  },
  ...{ does: ['touch'], back: 'none', details: [], ceiling: {}, binds: {} },
}

const canSit = process.getuid?.() === 0 && spawnSync('script', ['--version']).status === 0

// Only root may become somebody else, and `script` pretends the screen.
describe.skipIf(!canSit)('at a screen', { timeout: 120_000 }, () => {
  let database: TestDatabase
  let serve: TestProcess
  let env: NodeJS.ProcessEnv
  const sit = (account: Account, words: string) => sitAs(account, words, env)
  const stateOf = async (job: string) =>
    (await runSql<{ state: string }>(database.url, `SELECT state FROM salvor.jobs WHERE id = '${job}'`))[0]?.state

  beforeAll(async () => {
    database = await createDatabase({ prefix: 'screen' })
    const folder = mkdtempSync(join(tmpdir(), 'salvor-screen-'))
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'pid'), '')
    writeFileSync(join(folder, 'salvor.yaml'), makePlan(join(folder, 'pid')))
    env = { PATH: process.env.PATH, SALVOR_SOCKET: join(folder, 'terminal.sock') }
    const port = String(await findFreePort())
    serve = startScript('bin/salvor.js', ['serve'], {
      ...{ DATABASE_URL: database.url, SALVOR_PLAN: join(folder, 'salvor.yaml'), SALVOR_WORKER: 'db1', PORT: port },
      ...{ SALVOR_SOCKET: env.SALVOR_SOCKET, SALVOR_TOTP_BOB: secret },
    })
    await until('ready', async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200, 30_000)
    expect(await typeAs(games, ['open', 'Orders lost'], env)).toMatchObject({ exit: 0 })
  })

  afterAll(async () => {
    serve?.kill('SIGTERM')
    await serve?.ended()
    await database?.drop()
  })

  test('the card of a job is drawn anew in place until it rests', async () => {
    const sitting = sit(games, 'restart demo')
    expect(await sitting.ended).toBe(0)
    const shown = sitting.shown().replaceAll('\x1b', '§')
    expect(shown).toMatch(/§\[\d+A\r§\[J/)
    expect(shown).toContain('✅ restart-1')
    expect(shown.match(/restart-1 asked for: restart demo/g)).toHaveLength(1)
  })

  test('a code is asked for under the card, and what is typed is not shown', async () => {
    await runSql(
      database.url,
      `INSERT INTO salvor.approvals (id, incident, job, step, attempt, digest, subject, state, requester, from_roles, count,
         not_requester, asked_at, approve_by, run_within_ms)
       VALUES ('restart-1/a1', 1, 'restart-1', 'restart-1/restart', 1, repeat('a', 64), '${JSON.stringify(subject)}',
         'asked', 'alice', '{dba}', 1, true, now(), now() + interval '10 min', 60000)`,
    )
    const sitting = sit(daemon, 'approve restart-1 NANANA')
    await until('the question', () => /One-time code of bob/.test(sitting.shown()), 30_000)
    expect(sitting.shown()).toMatch(/Approve the restart of demo\?[\s\S]*One-time code of bob: $/)
    sitting.press('000000\r')
    expect(await sitting.ended, sitting.shown()).toBe(1)
    expect(sitting.shown()).toContain('not the code that your device shows')
    expect(sitting.shown()).not.toContain('000000')
  })

  test('colours are left out for those who want none', async () => {
    const paints = async (more: NodeJS.ProcessEnv) => {
      const sitting = sitAs(games, 'status', { ...env, ...more })
      expect(await sitting.ended).toBe(0)
      return sitting.shown().replaceAll('\x1b', '§').includes('§[1m')
    }
    expect([await paints({}), await paints({ NO_COLOR: '1' }), await paints({ TERM: 'dumb' })]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('Ctrl-C ends the watching, not the job, and says so', async () => {
    const sitting = sit(games, 'restart demo --follow')
    await until('the card', () => /restart-2/.test(sitting.shown()), 30_000)
    sitting.press('\x03')
    expect(await sitting.ended).toBe(130)
    expect(sitting.shown()).toMatch(/No longer watched.*salvor stop <job>/)
    await until('the job to go on', async () => (await stateOf('restart-2')) === 'succeeded', 30_000)
  })
})
