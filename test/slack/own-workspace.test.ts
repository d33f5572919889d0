import { createHmac } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { createCodeCheck } from '../../src/slack/check-code.ts'
import { until } from '../support/until.ts'
import { openWorkbench, signingSecret, type Workbench } from './support/workbench.ts'

let bench: Workbench
let refused: string[] = []

async function open() {
  refused = []
  bench = await openWorkbench('http', { onRefused: (error) => refused.push(error.code) })
}

afterEach(() => bench.close())

const sign = (timestamp: string, body: string) =>
  `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`

const seconds = () => String(Math.floor(Date.now() / 1000))

const send = (body: string, headers: Record<string, string>, type = 'application/x-www-form-urlencoded') =>
  fetch(`http://127.0.0.1:${bench.edge().port()}/slack/events`, {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...headers },
  })

const sendSigned = (body: string, type?: string) => {
  const timestamp = seconds()
  return send(body, { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': sign(timestamp, body) }, type)
}

const command = (team: Record<string, string>) =>
  new URLSearchParams({
    ...{ command: '/recover', text: 'status', user_id: 'U0BOB', channel_id: 'C0INC', trigger_id: `1.${Math.random()}` },
    ...{ response_url: '', ...team },
  }).toString()

const press = (team: object, user: object) => {
  const value = JSON.stringify({ command: 'approve restore-1', approval: { id: 'a1', digest: 'f'.repeat(64) } })
  const payload = {
    ...{
      type: 'block_actions',
      team,
      user: { id: 'U0BOB', ...user },
      trigger_id: `2.${Math.random()}`,
      response_url: '',
    },
    ...{ channel: { id: 'C0INC' }, container: { type: 'message' } },
    actions: [{ type: 'button', action_id: 'salvor:approve:1', block_id: 'b', value }],
  }
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
}

const submit = (team: object) => {
  const meta = { pressed: { command: 'reject restore-1' }, channel: 'C0INC', thread: null }
  const view = {
    id: 'V1',
    hash: 'h',
    type: 'modal',
    callback_id: 'salvor:reject',
    private_metadata: JSON.stringify(meta),
  }
  const values = { reason: { text: { type: 'plain_text_input', value: 'no' } } }
  const payload = { type: 'view_submission', team, user: { id: 'U0BOB' }, view: { ...view, state: { values } } }
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
}

const mention = (event: object, team = 'T0LOCAL') =>
  JSON.stringify({
    ...{ type: 'event_callback', team_id: team, event_id: `Ev${Math.random()}` },
    event: { type: 'app_mention', user: 'U0BOB', text: '<@U0BOT> status', ts: '1.1', channel: 'C0INC', ...event },
  })

it.each([
  ['a command', () => sendSigned(command({ team_id: 'T0EVIL' }))],
  ['a button', () => sendSigned(press({ id: 'T0EVIL' }, {}))],
  ['a button of a person of another workspace', () => sendSigned(press({ id: 'T0LOCAL' }, { team_id: 'T0EVIL' }))],
  ['a window', () => sendSigned(submit({ id: 'T0EVIL' }))],
  ['a mention', () => sendSigned(mention({}, 'T0EVIL'), 'application/json')],
  ['a mention in a shared channel', () => sendSigned(mention({ user_team: 'T0EVIL' }), 'application/json')],
] as const)('%s of another workspace runs nothing, and whoever it was is told', async (_what, act) => {
  await open()
  expect((await act()).status).toBe(200)
  await until('a refusal', () => refused.includes('slack_foreign'))
  await until('an answer', () => JSON.stringify(bench.slack.ephemerals('bob')).includes('T0EVIL'))
  expect(bench.heard).toEqual([])
})

it('what comes from its own workspace is heard', async () => {
  await open()
  await sendSigned(command({ team_id: 'T0LOCAL' }))
  await until('words', () => bench.heard.length === 1)
  expect(refused).toEqual([])
})

it('one signature has one spelling: a copy under another is refused', async () => {
  await open()
  const body = command({ team_id: 'T0LOCAL' })
  const timestamp = seconds()
  const signature = sign(timestamp, body)
  const as = (signed: string, at = timestamp) =>
    send(body, { 'x-slack-request-timestamp': at, 'x-slack-signature': signed })
  expect((await as(signature)).status).toBe(200)
  const copies = [`${signature}=x`, `${signature}=`, `${signature.toUpperCase()}`, signature.slice(0, 66)]
  for (const copy of copies) expect([copy, (await as(copy)).status]).toEqual([copy, 401])
  for (const at of [
    `${timestamp}.0`,
    `0${timestamp}`,
    `+${timestamp}`,
    `${timestamp}e0`,
    `0x${Number(timestamp).toString(16)}`,
  ])
    expect([at, (await as(signature, at)).status]).toEqual([at, 401])
  expect((await as(signature)).status).toBe(200)
  await bench.stopBot()
  expect(bench.heard).toHaveLength(1)
  expect(refused.filter((code) => code === 'slack_replayed')).toHaveLength(1)
})

it('a copy of a sent window does not count as another wrong code', async () => {
  await open()
  let tries = 0
  const check = createCodeCheck(async () => {
    tries += 1
    throw new SalvorError('totp_wrong', { left: 4 })
  })
  const bob = { id: 'bob', slack: 'U0BOB', os: null }
  const known = new Set<string>()
  const claim = (signature: string) => async () => !known.has(signature) && Boolean(known.add(signature))
  expect(await check(bob, '111111', 'V1', claim('a'))).toMatchObject({ said: expect.any(String) })
  // As after a minute, and after a restart: another check that remembers nothing, over the same ledger.
  const later = createCodeCheck(async () => {
    tries += 1
  })
  expect(await later(bob, '111111', 'V1', claim('a'))).toBe('repeated')
  expect(tries).toBe(1)
})
