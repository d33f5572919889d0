import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { findFreePort } from '../sandbox/bootstrap/index.ts'
import { adminUrl, createDatabase, runSql, type TestDatabase, urlOf, withClient } from './support/postgres.ts'
import { until } from './support/until.ts'

const program = fileURLToPath(new URL('../bin/salvor.js', import.meta.url))
const plan = `version: 1
title: A plan for tests
roles: { dba: { users: [U0ALICE] } }
systems: { demo: { kind: service, tier: 1, owner: dba, restart: ['true'], identity: [date] } }
`

let database: TestDatabase
let env: NodeJS.ProcessEnv
const running: { kill(signal: NodeJS.Signals): void; ended: Promise<number> }[] = []

beforeEach(async () => {
  database = await createDatabase({ prefix: 'main' })
  const folder = mkdtempSync(join(inject('runFolder'), 'main-'))
  writeFileSync(join(folder, 'salvor.yaml'), plan)
  env = { PATH: process.env.PATH, DATABASE_URL: database.url, SALVOR_PLAN: join(folder, 'salvor.yaml') }
})

afterEach(async () => {
  for (const one of running) one.kill('SIGTERM')
  for (const one of running.splice(0)) await one.ended
  await database.drop()
})

function start(args: readonly string[], more: NodeJS.ProcessEnv = {}) {
  let said = ''
  let child: ReturnType<typeof execFile> | undefined
  const ended = new Promise<number>((resolve) => {
    child = execFile(process.execPath, [program, ...args], { env: { ...env, ...more } }, (error) =>
      resolve(error === null ? 0 : Number(error.code ?? -1)),
    )
    child.stdout?.on('data', (text) => (said += text))
    child.stderr?.on('data', (text) => (said += text))
  })
  const started = { ended, said: () => said, kill: (signal: NodeJS.Signals) => void child?.kill(signal) }
  running.push(started)
  return started
}

/** As docs/security.md says: the owner makes the roles. */
async function createRoles(): Promise<Record<'bot' | 'worker', string>> {
  await withClient(adminUrl(), async (client) => {
    // The lock of grants.test.ts: roles belong to the whole cluster.
    await client.query('SELECT pg_advisory_lock(7319003)')
    for (const name of ['salvor_bot', 'salvor_worker']) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name])
      if (rowCount === 0) await client.query(`CREATE ROLE ${name} LOGIN PASSWORD 'only-for-tests'`)
    }
  })
  const login = (name: string) => urlOf(database.name, { name, password: 'only-for-tests' })
  return { bot: login('salvor_bot'), worker: login('salvor_worker') }
}

test('migrate gives the roles their rights, and bot and worker come up under them', async () => {
  const urls = await createRoles()
  const migrated = start(['migrate'])
  expect(await migrated.ended, migrated.said()).toBe(0)
  expect(migrated.said()).toContain('rights given to: salvor_bot, salvor_worker')
  const ports = { bot: await findFreePort(), worker: await findFreePort() }
  const bot = start(['bot'], { DATABASE_URL: urls.bot, PORT: String(ports.bot) })
  const worker = start(['worker', '--name', 'db1'], { DATABASE_URL: urls.worker, PORT: String(ports.worker) })
  for (const [port, one] of [
    [ports.bot, bot],
    [ports.worker, worker],
  ] as const) {
    const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200
    await until('ready', ready, 20_000).catch((error) => expect.fail(`${error}\n${one.said()}`))
  }
  await until(
    'the sign of life',
    async () => (await runSql(database.url, `SELECT FROM salvor.workers WHERE name = 'db1'`)).length,
  )
  expect(await (await fetch(`http://127.0.0.1:${ports.bot}/metrics`)).text()).toContain('salvor_jobs_active 0')
  bot.kill('SIGTERM')
  worker.kill('SIGTERM')
  expect(await Promise.all([bot.ended, worker.ended])).toEqual([0, 0])
})

test('audit re-computes the chain and says by its exit code whether it holds', async () => {
  expect(await start(['migrate']).ended).toBe(0)
  const whole = start(['audit', '0'])
  expect(await whole.ended, whole.said()).toBe(0)
  expect(whole.said()).toContain('chain whole')
  await runSql(database.url, `UPDATE salvor.incidents SET head_no = 5, head_hash = repeat('a', 64) WHERE number = 0`)
  const cut = start(['audit', '0'])
  expect(await cut.ended).toBe(1)
  expect(cut.said()).toContain('BROKEN')
  const unknown = start(['audit', '99'])
  expect(await unknown.ended).toBe(1)
  expect(unknown.said()).toContain('There is no incident "99".')
})

test('a store that is missing is named, with what to set', async () => {
  const lost = start(['bot'], { DATABASE_URL: '' })
  expect(await lost.ended).toBe(1)
  expect(lost.said()).toContain('DATABASE_URL is not set.')
})

test('schema prints what a plan may hold, and the example fits its keys', async () => {
  const printed = start(['schema'])
  expect(await printed.ended).toBe(0)
  const schema = JSON.parse(printed.said()) as { properties: Record<string, unknown>; additionalProperties: boolean }
  expect(schema.additionalProperties).toBe(false)
  const example = parse(readFileSync(new URL('../salvor.example.yaml', import.meta.url), 'utf8')) as object
  expect(Object.keys(example).filter((key) => !(key in schema.properties))).toEqual([])
})

test('words that it does not know lead to its usage', async () => {
  const lost = start(['recover'])
  expect(await lost.ended).toBe(2)
  expect(lost.said()).toContain('salvor worker [--name db1]')
})
