import { afterEach, expect, test } from 'vitest'
import type { LocalSlack } from '../../../sandbox/slack/index.ts'
import { type RunningApp, readError, startHttpApp, startWorkspace } from './fixture.ts'

const running: (LocalSlack | RunningApp)[] = []
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await ('stop' in one ? one.stop() : one.close())
})

async function start(listeners: Parameters<typeof startHttpApp>[1]) {
  const slack = await startWorkspace()
  running.push(slack)
  const running_ = await startHttpApp(slack, listeners)
  running.push(running_)
  return { slack, client: running_.app.client }
}

const approveCard = {
  channel: 'C0INC',
  text: 'Approve?',
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: '<@U0BOB> approve?' } },
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: 'approve', text: { type: 'plain_text', text: 'Approve switch' }, value: 'digest' },
      ],
    },
  ],
}

test('a slash command arrives signed, escaped and with a way to answer', async () => {
  const seen: Record<string, string>[] = []
  const { slack } = await start((app) => {
    app.command('/recover', async ({ ack, command, respond }) => {
      await ack()
      seen.push({ ...command } as unknown as Record<string, string>)
      await respond({ text: 'only you see this' })
    })
  })
  const spoken = await slack.as('alice').says('/recover handover @bob in #incident <now>', { channel: 'incident' })
  expect(spoken.status).toBe(200)
  await slack.waitFor('the answer', () => slack.ephemerals('alice').length === 1)
  expect(slack.ephemerals('alice')[0]?.text).toBe('only you see this')
  expect(seen[0]).toMatchObject({
    text: 'handover <@U0BOB|bob> in <#C0INC|incident> &lt;now&gt;',
    user_id: 'U0ALICE',
    channel_id: 'C0INC',
  })
  expect(slack.violations).toEqual([])
})

test('a pressed button opens a modal whose submission comes back by label', async () => {
  const submitted: unknown[] = []
  const { slack, client } = await start((app) => {
    app.action('approve', async ({ ack, body, client: own }) => {
      await ack()
      await own.views.open({
        trigger_id: 'trigger_id' in body ? String(body.trigger_id) : '',
        view: {
          type: 'modal',
          callback_id: 'why',
          title: { type: 'plain_text', text: 'Why?' },
          submit: { type: 'plain_text', text: 'Send' },
          blocks: [
            {
              type: 'input',
              block_id: 'reason',
              label: { type: 'plain_text', text: 'Reason' },
              element: { type: 'plain_text_input', action_id: 'words' },
            },
          ],
        },
      })
    })
    app.view('why', async ({ ack, view }) => {
      const words = view.state.values.reason?.words?.value
      if (words === 'no') return ack({ response_action: 'errors', errors: { reason: 'Say more' } })
      submitted.push(words)
      return ack()
    })
  })
  await client.chat.postMessage(approveCard)
  const bob = slack.as('bob')
  await bob.presses('Approve')
  await slack.waitFor('the modal', () => bob.modal())
  expect((await bob.submits({ Reason: 'no' })).errors).toEqual({ reason: 'Say more' })
  expect((await bob.submits({ Reason: 'proven' })).errors).toEqual({})
  expect(submitted).toEqual(['proven'])
  expect(bob.modal()).toBeUndefined()
  expect(slack.notifications('bob').map((one) => one.text)).toEqual(['Approve?'])
  expect(slack.notifications('dana')).toEqual([])
  expect(slack.violations).toEqual([])
})

test('a mention inside a thread becomes app_mention, a slash command there is refused by Slack itself', async () => {
  const mentions: unknown[] = []
  const { slack, client } = await start((app) => {
    app.event('app_mention', async ({ event }) => {
      mentions.push({ text: event.text, thread: event.thread_ts })
    })
  })
  const root = await client.chat.postMessage({ channel: 'C0INC', text: 'root' })
  const thread = String(root.ts)
  await slack.as('alice').says('@salvor restore orders-db', { channel: 'incident', thread })
  await slack.waitFor('the event', () => mentions.length === 1)
  expect(mentions).toEqual([{ text: '<@U0SALVOR> restore orders-db', thread }])
  const refused = await slack.as('alice').says('/recover status', { channel: 'incident', thread })
  expect(refused.notice).toContain('not supported in threads')
  expect(slack.thread('incident', thread)).toHaveLength(2)
})

test('a forged or unsigned request is refused by the app, a right one accepted', async () => {
  const { slack } = await start((app) => app.command('/recover', async ({ ack }) => ack()))
  const body = 'command=%2Frecover&text=status'
  expect((await slack.raw.send({ body, signature: `v0=${'0'.repeat(64)}` })).status).toBe(401)
  expect((await slack.raw.send({ body, signature: null })).status).toBe(401)
  expect((await slack.raw.send({ body, timestamp: Math.floor(Date.now() / 1000) - 400 })).status).toBe(401)
  expect((await slack.raw.send({ body })).status).toBe(200)
})

test('a command that is not acknowledged shows operation_timeout and is a violation', async () => {
  const { slack } = await start((app) => app.command('/recover', async () => undefined))
  const spoken = await slack.as('alice').says('/recover status', { channel: 'incident' })
  expect(spoken.notice).toBe('operation_timeout')
  expect(slack.violations[0]).toMatchObject({ kind: 'not_acknowledged', error: 'operation_timeout' })
})

test('a dropped answer was processed once', async () => {
  const { slack, client } = await start(() => undefined)
  slack.faults.dropAnswer('chat.postMessage', 1)
  expect(await readError(client.chat.postMessage({ channel: 'C0INC', text: 'once' }))).not.toBe('ok')
  expect(slack.messages('incident').map((one) => one.text)).toEqual(['once'])
  expect(slack.calls.at(-1)).toMatchObject({ method: 'chat.postMessage', status: 0, injected: true })
  expect(slack.violations).toEqual([])
})

test('with doubled deliveries a click arrives twice, and the person is answered once', async () => {
  let clicks = 0
  const { slack, client } = await start((app) => {
    app.action('approve', async ({ ack }) => {
      clicks += 1
      await ack()
    })
  })
  await client.chat.postMessage(approveCard)
  slack.faults.duplicateDeliveries(true)
  expect((await slack.as('bob').presses(/^Approve/)).ok).toBe(true)
  expect(clicks).toBe(2)
})

test('a button that nobody can see is reported with those that are there', async () => {
  const { slack, client } = await start(() => undefined)
  await client.chat.postMessage(approveCard)
  const pressing = slack.as('bob').presses('Stop', { withinMs: 60 })
  await expect(pressing).rejects.toThrow(/no button "Stop", but \[Approve switch\]/)
})

test('a response_url works five times', async () => {
  const statuses: number[] = []
  const { slack } = await start((app) => {
    app.command('/recover', async ({ ack, command }) => {
      await ack()
      for (let use = 0; use < 6; use += 1) {
        const body = JSON.stringify({ text: `answer ${use}` })
        statuses.push((await fetch(command.response_url, { method: 'POST', body })).status)
      }
    })
  })
  await slack.as('alice').says('/recover status', { channel: 'other' })
  await slack.waitFor('six answers', () => statuses.length === 6)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404])
  expect(slack.ephemerals('alice')).toHaveLength(5)
  expect(slack.violations.map((one) => one.error)).toEqual(['used_url'])
})

test('waiting for what never happens ends with the transcript', async () => {
  const { slack, client } = await start(() => undefined)
  await client.chat.postMessage({ channel: 'C0INC', text: 'the only message' })
  await expect(slack.waitFor('a miracle', () => false, 80)).rejects.toThrow(/a miracle[\s\S]*the only message/)
})

test('an event the app did not subscribe to is not sent', async () => {
  const slack = await startWorkspace({ botEvents: [] })
  running.push(slack)
  const spoken = await slack.as('alice').says('@salvor help', { channel: 'incident' })
  expect([spoken.status, slack.messages('incident').length, slack.violations.length]).toEqual([0, 1, 0])
})

test('a confirmation that is declined sends nothing', async () => {
  let clicks = 0
  const { slack, client } = await start((app) => {
    app.action('approve', async ({ ack }) => {
      clicks += 1
      await ack()
    })
  })
  const plain = (text: string) => ({ type: 'plain_text' as const, text })
  const confirm = { title: plain('Sure?'), text: plain('It cannot be taken back.') }
  const button = { type: 'button' as const, action_id: 'approve', text: plain('Approve'), confirm }
  await client.chat.postMessage({ channel: 'C0INC', text: 'card', blocks: [{ type: 'actions', elements: [button] }] })
  await slack.as('bob').presses('Approve', { confirm: false })
  expect(clicks).toBe(0)
  expect(await slack.as('bob').pressesRepeatedly('Approve', 5)).toHaveLength(5)
  expect(clicks).toBe(5)
})

test('an acknowledgement with faulty blocks is a violation', async () => {
  const { slack } = await start((app) => {
    app.command('/recover', async ({ ack }) => ack({ text: 'x', blocks: [{ type: 'section' }] as never }))
  })
  await slack.as('alice').says('/recover status', { channel: 'incident' })
  expect(slack.violations).toMatchObject([{ method: 'slash_command', error: 'invalid_blocks' }])
})
