import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { channel, openNight, type TestNight, textOf } from '../support/night.ts'
import { until } from '../support/until.ts'
import { command, hearRefusal } from './hear-refusal.ts'

let night: TestNight
let serve: Awaited<ReturnType<typeof start>>
const secrets = { alice: new Secret().base32, bob: new Secret().base32, carol: new Secret().base32 }
const codeOf = (person: 'alice' | 'bob' | 'carol') =>
  new TOTP({ secret: Secret.fromBase32(secrets[person]) }).generate()

const start = () =>
  night.start('serve', {
    SALVOR_TOTP_ALICE: secrets.alice,
    SALVOR_TOTP_BOB: secrets.bob,
    SALVOR_TOTP_CAROL: secrets.carol,
  })

beforeAll(async () => {
  night = await openNight({ scale: 0.001 })
  const { planPath } = night.orders
  const text = readFileSync(planPath, 'utf8')
  const own =
    '    approvals: { destructive: { from: [dba], escalateTo: [sysadmin], escalateAfter: 4s, approveWithin: 10m, secondFactor: totp }, emergency: { from: [dba], after: 6s } }\n'
  const careful = '    approvals: { reversible: { from: [dba, sysadmin], count: 1, approveWithin: 10m } }\n'
  const withOwn = text
    .replace(/( {2}orders-db:\n {4}kind: postgres\n)/, `$1${own}`)
    .replace(/( {2}orders-api:\n {4}kind: service\n)/, `$1${careful}`)
  writeFileSync(planPath, withOwn)
  serve = await start()
  await command(night, 'alice', 'open Orders lost --severity 1')
  await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
})

afterAll(() => night.close())

async function finish(job: string, state: string): Promise<void> {
  await until(`${job} to be ${state}`, async () => ((await night.jobState(job)) === state ? true : undefined), 90_000)
}

const events = (type: string) =>
  night.query<{ data: Record<string, unknown>; actor: string }>(
    'SELECT data, actor FROM salvor.events WHERE type = $1 ORDER BY incident, no',
    [type],
  )

const thread = () => night.slack.thread(channel, night.rootTs())

it('says from its beginning whose approval a job will need', async () => {
  await command(night, 'alice', 'restore orders-db')
  await night.slack.waitFor(
    'the card of the job',
    () => thread().find((one) => /Approval from dba (will be needed|at about)/.test(textOf(one))),
    60_000,
  )
  await finish('restore-1', 'awaiting_approval')
})

it('turns to the other role when nobody decides, whose people are asked directly', async () => {
  await night.slack.waitFor(
    'a card for carol',
    () => night.slack.directMessages('carol').find((one) => /sysadmin may decide as well/.test(textOf(one))),
    30_000,
  )
  expect(await events('approval_escalated')).toMatchObject([{ data: { to: ['sysadmin'] }, actor: 'salvor' }])
})

it('takes no approval without a code, and none of a code that was typed for all to read', async () => {
  const { slack } = night
  await command(night, 'bob', `approve restore-1 ${await night.cardCode('restore-1')}`)
  await slack.waitFor('a refusal', () => slack.ephemerals('bob').find(({ text }) => /one-time code/.test(text)))
  const code = codeOf('bob')
  await command(night, 'bob', `approve restore-1 --code ${code}`)
  await slack.waitFor('another', () => slack.ephemerals('bob').find(({ text }) => /others can read it/.test(text)))
  const refused = await until('both in the journal', async () => {
    const rows = await events('refused')
    return rows.length === 2 ? rows : undefined
  })
  expect(refused.map(({ data }) => data.code)).toEqual(['approval_factor', 'approval_code_shown'])
  expect(JSON.stringify(refused)).not.toContain(code)
  expect(await night.jobState('restore-1')).toBe('awaiting_approval')
})

it('lets somebody of the other role approve with the code of their device', async () => {
  const carol = night.slack.as('carol')
  await carol.presses('Approve', { dm: true })
  await until('a window', () => carol.modal())
  const wrong = await carol.submits({ code: codeOf('carol') === '123456' ? '654321' : '123456' })
  expect(wrong.errors.code).toMatch(/not the code/)
  expect((await carol.submits({ code: codeOf('carol') })).errors).toEqual({})
  await finish('restore-1', 'succeeded')
  const decisions = await night.query(`SELECT person, decision, factor FROM salvor.decisions`)
  expect(decisions).toEqual([{ person: 'carol', decision: 'approve', factor: 'totp' }])
})

it('lets whoever asked go on alone when nobody answers, and tells those who were asked', async () => {
  const alice = night.slack.as('alice')
  await command(night, 'alice', 'restore orders-db')
  await finish('restore-2', 'awaiting_approval')
  const words = 'approve restore-2 --emergency --reason nobody answers'
  await command(night, 'alice', words)
  await night.slack.waitFor('a refusal', () =>
    night.slack.ephemerals('alice').find(({ text }) => /too early to go on alone/.test(text)),
  )
  const due = `SELECT FROM salvor.approvals WHERE job = 'restore-2' AND emergency_at < now()`
  await until('its time to be over', async () => (await night.query(due))[0], 30_000)
  await command(night, 'alice', words)
  await alice.presses('Approve alone')
  await until('a window', () => alice.modal())
  expect((await alice.submits({ code: codeOf('alice') })).errors).toEqual({})
  await finish('restore-2', 'succeeded')
  const line = await night.slack.waitFor('a word to those who were asked', () =>
    thread().find((one) => /goes on alone with the switch of orders-db/.test(textOf(one))),
  )
  expect(textOf(line)).toContain('<@U0BOB>')
})

const cardsOf = (job: string) =>
  night.query<{ state: string; step: string }>(
    'SELECT state, step FROM salvor.approvals WHERE job = $1 ORDER BY asked_at, id',
    [job],
  )

it('asks before a restart, where the plan wants reversible steps approved, and over a restart of Salvor', async () => {
  await command(night, 'carol', 'restart orders-api')
  await finish('restart-1', 'awaiting_approval')
  await night.cardCode('restart-1')
  await hearRefusal(night, 'carol', 'approval_own', async () =>
    command(night, 'carol', `approve restart-1 ${await night.cardCode('restart-1')}`),
  )
  await hearRefusal(night, 'dave', 'role_missing', async () =>
    command(night, 'dave', `approve restart-1 ${await night.cardCode('restart-1')}`),
  )
  serve.kill('SIGKILL')
  await serve.ended
  serve = await start()
  await night.slack.as('bob').presses('Approve', { dm: true })
  await finish('restart-1', 'succeeded')
  expect(await cardsOf('restart-1')).toEqual([{ state: 'used', step: 'restart-1/restart' }])
})

it('asks anew when the program that would run was changed, and takes the words with the code of the new card', async () => {
  const control = join(night.orders.dir, 'bin/orders-api-ctl')
  await command(night, 'carol', 'restart orders-api')
  await finish('restart-2', 'awaiting_approval')
  const old = await night.cardCode('restart-2')
  writeFileSync(control, `${readFileSync(control, 'utf8')}\n`)
  await command(night, 'bob', `approve restart-2 ${old}`)
  await until('a new card', async () => (await cardsOf('restart-2')).length === 2, 30_000)
  expect((await cardsOf('restart-2')).map(({ state }) => state)).toEqual(['superseded', 'asked'])
  const fresh = await night.cardCode('restart-2')
  expect(fresh).not.toBe(old)
  await command(night, 'dana', `approve restart-2 ${fresh}`)
  await finish('restart-2', 'succeeded')
})

it('ends with a rejection before anything was restarted', async () => {
  await command(night, 'carol', 'restart orders-api')
  await finish('restart-3', 'awaiting_approval')
  await command(night, 'bob', `reject restart-3 ${await night.cardCode('restart-3')} --reason the shop is open`)
  await finish('restart-3', 'rejected')
  expect(await night.stepState('restart-3', 'restart')).toBe('waiting')
})

it('keeps what people put on the record, and tells whoever takes over', async () => {
  const { slack } = night
  const place = { channel, ts: '' }
  const said = await slack.as('dave').says('the tils of two shops are down', { channel, thread: night.rootTs() })
  place.ts = said.ts ?? ''
  await slack.as('alice').reacts('pushpin', place)
  await until('the message in the journal', async () => (await events('message_pinned'))[0])
  await slack.as('dave').edits(place, 'the tills of two shops are down')
  await until('its change', async () => (await events('message_edited'))[0])
  const other = await slack.as('dave').says('lunch?', { channel, thread: night.rootTs() })
  await slack.as('alice').reacts('pushpin', { channel, ts: other.ts ?? '' })
  await until('the other one', async () => (await events('message_pinned'))[1])
  await slack.as('alice').takesBack('pushpin', { channel, ts: other.ts ?? '' })
  await until('that it was taken off', async () => (await events('message_unpinned'))[0])
  await command(night, 'alice', 'update tills are down, take orders on paper --severity 2')
  await command(night, 'alice', 'handover @dana')
  const told = await slack.waitFor(
    'where it stands, for dana',
    () => slack.directMessages('dana').find((one) => /You lead #1/.test(textOf(one))),
    30_000,
  )
  expect(textOf(told)).toMatch(/restore-1/)
  await slack.waitFor('the root to say so', () => {
    const root = textOf(slack.messages(channel).findLast((one) => one.byBot) as never)
    return /@dana/.test(root) && /tills are down/.test(root) && /SEV2/.test(root)
  })
  await command(night, 'dana', 'report')
  const report = await slack.waitFor(
    'the report',
    () => slack.files().find((one) => one.state === 'completed' && /incident-1/.test(one.name)),
    30_000,
  )
  const text = report.content.toString()
  expect(text).toMatch(/\*\*\n\n## Done alone, because nobody answered\n\n- .*alice.*: restore-2: .*nobody answers/)
  expect(text).toMatch(/## From the thread\n\n- .*dave.*: the tills of two shops are down \(edited since\)/)
  expect(text).not.toMatch(/lunch/)
  expect(slack.violations).toEqual([])
})
