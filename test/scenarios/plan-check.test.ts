import { chmodSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channel, openNight, type TestNight } from '../support/night.ts'
import { games, typeAs } from '../support/terminal.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'

let night: TestNight

beforeAll(async () => {
  night = await openNight({ scale: 0.001 })
  const { planPath } = night.orders
  const text = readFileSync(planPath, 'utf8')
  writeFileSync(planPath, text.replace('alice: { slack: U0ALICE }', `alice: { slack: U0ALICE, os: ${games.name} }`))
  const socket = join(openFolder(), 'terminal.sock')
  await night.start('serve', { SALVOR_SOCKET: socket })
  socketPath = socket
})

afterAll(() => night.close())

let socketPath = ''

/** Other accounts must get at the socket in it. */
function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'salvor-desk-'))
  chmodSync(folder, 0o755)
  return folder
}

function documents() {
  return night.slack.files().filter((one) => one.state === 'completed' && one.name.startsWith('plan-'))
}

async function check(): Promise<string> {
  const before = night.slack.ephemerals('carol').length
  await command(night, 'carol', 'plan check')
  const answer = await night.slack.waitFor(
    'what the look found',
    () => night.slack.ephemerals('carol').at(before),
    60_000,
  )
  return `${answer.text}\n${JSON.stringify(answer.blocks)}`
}

function typed(words: string) {
  return typeAs(games, words.split(' '), { PATH: process.env.PATH, SALVOR_SOCKET: socketPath })
}

async function finish(job: string, state = 'succeeded'): Promise<void> {
  await until(`${job} to be ${state}`, async () => ((await night.jobState(job)) === state ? true : undefined), 90_000)
}

it('gives the plan as a document to the asker alone while no incident is open', async () => {
  await command(night, 'carol', 'plan export')
  const alone = await night.slack.waitFor('the document', () => documents()[0], 30_000)
  expect(alone.content.toString()).toMatch(/^# Orders migration/)
  expect(night.slack.messages(channel)).toEqual([])
})

it('is not ready while the migration has left the service broken', async () => {
  const found = await check()
  expect(found).toMatch(/❌ Not ready/)
  expect(found).toMatch(/orders-api: does not run/)
})

it('is ready when the recovery has brought back all that the plan needs', async () => {
  await command(night, 'alice', 'open Orders lost --severity 1')
  await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
  await command(night, 'alice', 'restore orders-db')
  await finish('restore-1', 'awaiting_approval')
  await command(night, 'bob', `approve restore-1 ${await night.cardCode('restore-1')}`)
  await finish('restore-1')
  await command(night, 'alice', 'restart orders-api')
  await finish('restart-1')
  const found = await check()
  expect(found).toMatch(/✅ Ready/)
  expect(found).toMatch(/databases: (\d+) of \1 as they have to be/)
  expect(found).toMatch(/practice: dana, carol never asked/)
})

it('says what is missing and what to do, and is ready again when it is back', async () => {
  const backups = join(dirname(night.orders.planPath), 'backups')
  renameSync(backups, `${backups}-away`)
  const found = await check()
  expect(found).toMatch(/❌ Not ready/)
  expect(found).toMatch(/orders-db[^"]*\\n→/)
  renameSync(`${backups}-away`, backups)
  expect(await check()).toMatch(/✅ Ready/)
})

// Only root may become somebody else.
describe.skipIf(process.getuid?.() !== 0)('at a terminal', () => {
  it('ends with 0 when ready and with 1 when not, for cron', async () => {
    expect(await typed('plan check')).toMatchObject({ exit: 0, out: expect.stringContaining('✅ Ready') })
    const log = join(dirname(night.orders.planPath), 'logs', 'migration.log')
    renameSync(log, `${log}.away`)
    expect(await typed('plan check')).toMatchObject({ exit: 1, out: expect.stringContaining('❌ Not ready') })
    renameSync(`${log}.away`, log)
  })

  it('writes the plan as a document', async () => {
    const { exit, out } = await typed('plan export --language ko')
    expect(exit).toBe(0)
    expect(out).toMatch(/^# Orders migration: .*[가-힣]/m)
  })
})

it('shares the document in the thread of an open incident', async () => {
  await command(night, 'carol', 'plan export --language ko')
  await night.slack.waitFor('the document in the thread', () => documents()[1], 30_000)
  expect(night.threadText()).toMatch(/as a document to follow by hand/)
  expect(night.slack.violations).toEqual([])
})
