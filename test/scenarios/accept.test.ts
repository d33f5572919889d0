import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeRefused, idOfFinding, type RefusedFinding } from '../../src/domain/acceptance.ts'
import { shortCode } from '../../src/domain/digest.ts'
import { channel, openNight, type TestNight } from '../support/night.ts'
import { daemon, typeAs } from '../support/terminal.ts'
import { until } from '../support/until.ts'
import { command, hearRefusal } from './hear-refusal.ts'

let night: TestNight
let findings: RefusedFinding[] = []
let socket: string
const secret = new Secret().base32

beforeAll(async () => {
  night = await openNight({ scale: 0.001 })
  const { planPath } = night.orders
  const check = "    checks:\n      - { name: orders kept, sql: 'SELECT count(*) FROM orders', expect: -1 }\n"
  const text = readFileSync(planPath, 'utf8')
    .replace('bob: { slack: U0BOB }', `bob: { slack: U0BOB, os: ${daemon.name} }`)
    .replace(/^ {4}checks:\n(?: {6}.*\n)+/m, '')
  writeFileSync(planPath, text.replace(/( {2}orders-db:\n {4}kind: postgres\n)/, `$1${check}`))
  const folder = mkdtempSync(join(tmpdir(), 'salvor-desk-'))
  chmodSync(folder, 0o755)
  socket = join(folder, 'terminal.sock')
  await night.start('serve', { SALVOR_SOCKET: socket, SALVOR_TOTP_BOB: secret })
  await command(night, 'alice', 'open Orders lost --severity 1')
  await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
})

afterAll(() => night.close())

async function finish(job: string, state: string): Promise<void> {
  await until(`${job} to be ${state}`, async () => ((await night.jobState(job)) === state ? true : undefined), 90_000)
}

const accepted = () => night.query<{ person: string; reason: string }>('SELECT person, reason FROM salvor.acceptances')

it('offers what can be accepted on the card of the refusal, by ids that can be typed', async () => {
  await command(night, 'alice', 'restore orders-db')
  await finish('restore-1', 'failed')
  const [row] = await night.query<{ findings: RefusedFinding[] }>(
    `SELECT failure->'findings' AS findings FROM salvor.steps WHERE id = 'restore-1/verify'`,
  )
  findings = row?.findings ?? []
  expect(findings.map(({ why }) => why.code)).toEqual(['check_value'])
  const [only] = findings
  // On the job's own card, and on the message that says how it ended: nothing more is said until somebody acts.
  await night.slack.waitFor(
    'the id in the thread, twice',
    () => night.threadText().split(`--accept ${idOfFinding(only as RefusedFinding)}`).length > 2,
  )
})

it('is refused for a person without the right, and an edited message changes nothing', async () => {
  const words = `resume restore-1 --accept ${findings.map(idOfFinding).join(' ')} --reason let it pass`
  await hearRefusal(night, 'carol', 'role_missing', () => command(night, 'carol', words))
  await hearRefusal(night, 'bob', 'accept_unknown', () =>
    command(night, 'bob', 'resume restore-1 --accept zzzzzz --reason let it pass'),
  )
  const { slack } = night
  const said = await slack.as('bob').says('@salvor status', { channel, thread: night.rootTs() })
  const answers = slack.ephemerals('bob').length
  await slack.as('bob').edits({ channel, ts: said.ts ?? '' }, `@salvor ${words}`)
  await slack.waitFor('a word about the edit', () => slack.ephemerals('bob')[answers])
  expect(await accepted()).toEqual([])
})

it('is taken from words in the thread, and the card that asks begins with it', async () => {
  const ids = findings.map((one) => idOfFinding(one).toLowerCase()).join(' ')
  const thread = { channel, thread: night.rootTs() }
  await night.slack
    .as('bob')
    .says(`@salvor resume restore-1 --accept ${ids} --reason the check is of last year`, thread)
  await finish('restore-1', 'awaiting_approval')
  expect(await accepted()).toEqual([{ person: 'bob', reason: 'the check is of last year' }])
  const card = await night.slack.waitFor('the card that asks', () =>
    night.slack.thread(channel, night.rootTs()).find((one) => /Approve the switch/.test(one.text)),
  )
  const blocks = JSON.stringify(card.blocks)
  expect(blocks.indexOf('check orders kept')).toBeGreaterThan(0)
  expect(blocks.indexOf('check orders kept')).toBeLessThan(blocks.indexOf('Asked by'))
  expect(blocks).toContain('the check is of last year')
})

it('is approved by neither who asked nor who accepted, by button, by words or in a terminal', async () => {
  const code = await night.cardCode('restore-1')
  await hearRefusal(night, 'alice', 'approval_own', () => command(night, 'alice', `approve restore-1 ${code}`))
  await hearRefusal(night, 'bob', 'approval_accepted', () => command(night, 'bob', `approve restore-1 ${code}`))
  await hearRefusal(night, 'bob', 'approval_accepted', () => night.slack.as('bob').presses('Approve switch'))
  if (process.getuid?.() === 0) {
    const totp = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    const words = ['approve', 'restore-1', code, '--code', totp]
    const typed = await typeAs(daemon, words, { PATH: process.env.PATH, SALVOR_SOCKET: socket })
    expect(typed).toMatchObject({ exit: 1, err: expect.stringContaining('cannot approve it as well') })
  }
  expect(await night.query('SELECT * FROM salvor.decisions')).toEqual([])
  const [asked] = await night.query<{ digest: string; accepted: unknown[] }>(
    `SELECT digest, subject->'accepted' AS accepted FROM salvor.approvals`,
  )
  expect([shortCode(asked?.digest ?? ''), asked?.accepted]).toEqual([code, [expect.objectContaining({ by: 'bob' })]])
})

it('ends as not fully proven, with who accepted what and why in the report', async () => {
  await night.slack.as('dana').presses('Approve switch')
  await finish('restore-1', 'succeeded')
  await command(night, 'alice', 'report')
  const report = await night.slack.waitFor(
    'the report',
    () => night.slack.files().find((one) => one.state === 'completed' && /incident-1/.test(one.name)),
    30_000,
  )
  const text = report.content.toString()
  expect(text).toMatch(/## Gone on over findings\n\n- .*bob.*restore-1: check orders kept.*the check is of last year/)
  expect(text).toContain('not fully proven')
  expect(text).toContain(describeRefused(findings[0] as RefusedFinding).slice(0, 30))
  await night.slack.waitFor('the outcome', () => /not fully proven/.test(night.threadText()))
  expect(night.slack.violations).toEqual([])
})
