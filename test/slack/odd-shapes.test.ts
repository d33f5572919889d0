import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, signingSecret, type Workbench } from './support/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await openWorkbench('http')
})
afterEach(() => bench.close())

/** Delivers events as Slack does, in their own envelopes and in order. */
async function deliver(...events: readonly object[]) {
  for (const [index, event] of events.entries()) {
    const authorizations = [{ team_id: 'T0LOCAL', user_id: 'U0BOT', is_bot: true }]
    const envelope = {
      type: 'event_callback',
      team_id: 'T0LOCAL',
      event_id: `Ev${index}${Math.random()}`,
      authorizations,
    }
    const body = JSON.stringify({ ...envelope, event })
    const timestamp = String(Math.floor(Date.now() / 1000))
    const hash = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
    const headers = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` }
    const url = `http://127.0.0.1:${bench.edge().port()}/slack/events`
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    })
    expect(answer.status).toBe(200)
  }
}

const words = '<@U0BOT> restart orders-api'
const common = { user: 'U0BOB', channel: 'C0INC', ts: '1700000000.000100', team: 'T0LOCAL' }
const mention = { type: 'app_mention', text: words, ...common }
const message = { type: 'message', channel_type: 'channel', text: words, ...common }
const file = { id: 'F0AAAAAAAA', name: 'hotfix.sql', mode: 'hosted', user: 'U0BOB' }
const direct = { type: 'message', channel: 'D0BOB', channel_type: 'im', ts: '1700000009.000900' }

/** Shapes that public reports show, with what is obeyed and how many hints the author gets. */
const shapes: [string, object[], string[], number][] = [
  [
    'a mention event for a reply that mentions nobody',
    [{ ...mention, text: 'and restart the api', thread_ts: '1699999999.000100' }],
    [],
    0,
  ],
  [
    'a workflow that mentions the bot',
    [{ ...message, user: undefined, subtype: 'bot_message', bot_id: 'B0FLOW', username: 'Flow' }],
    [],
    0,
  ],
  ['another app that speaks as a user', [{ ...mention, bot_id: 'B0APP', bot_profile: { id: 'B0APP' } }], [], 0],
  [
    'a file with a mention that Slack tells only as a message',
    [{ ...message, subtype: 'file_share', files: [file], upload: false }],
    ['restart orders-api'],
    0,
  ],
  [
    'a mention without the file, and the message with it',
    [mention, { ...message, subtype: 'file_share', files: [file] }],
    ['restart orders-api'],
    0,
  ],
  [
    'the hidden twin of a message that was also sent to the channel',
    [mention, { ...message, subtype: 'thread_broadcast', hidden: true, thread_ts: '1699999999.000100' }],
    ['restart orders-api'],
    0,
  ],
  [
    'a link that unfolds in a message',
    [
      mention,
      {
        ...message,
        ts: '1700000001.000100',
        text: undefined,
        subtype: 'message_changed',
        hidden: true,
        message: { ...message, attachments: [{}] },
        previous_message: message,
      },
    ],
    ['restart orders-api'],
    0,
  ],
  [
    'a topic that names the bot',
    [{ ...message, subtype: 'channel_topic', topic: words, text: `<@U0BOB> set the channel topic: ${words}` }],
    [],
    0,
  ],
  [
    'the bot that was invited',
    [{ ...message, user: 'U0BOT', subtype: 'channel_join', text: '<@U0BOT> has joined the channel' }],
    [],
    0,
  ],
  ['a mention in bold', [{ ...mention, text: '*<@U0BOT|salvor>* restart orders-api' }], [], 1],
  [
    'no text at all',
    [
      { ...message, text: null, blocks: [] },
      { ...mention, text: null },
    ],
    [],
    0,
  ],
  [
    'a file alone in a direct conversation',
    [{ ...direct, user: 'U0BOB', text: null, subtype: 'file_share', files: [file] }],
    ['help'],
    0,
  ],
  [
    'a link that unfolds in a direct conversation',
    [
      {
        ...direct,
        subtype: 'message_changed',
        message: { ...direct, user: 'U0BOB', text: 'restart orders-api' },
        previous_message: { text: 'restart orders-api' },
      },
    ],
    [],
    0,
  ],
  [
    'a reply count that changes',
    [
      {
        ...direct,
        subtype: 'message_replied',
        message: { ...direct, user: 'U0BOB', text: 'restart orders-api', reply_count: 1 },
      },
    ],
    [],
    0,
  ],
  ['a mention of another bot first', [{ ...mention, text: `<@U0OTHER> ${words}` }], [], 1],
]

it.each(shapes)('%s', async (_what, events, obeyed, hints) => {
  await deliver(...events)
  await bench.slack.as('dana').says('/recover help', { channel: 'inc' })
  await until('the last words', () => bench.heard.some(({ said }) => said.via === 'slash'))
  await until('the hints', () => bench.slack.ephemerals('bob').length >= hints)
  expect(bench.heard.filter(({ said }) => said.via === 'mention').map(({ text }) => text)).toEqual(obeyed)
  expect(bench.slack.ephemerals('bob')).toHaveLength(hints)
})

it('a message in the thread of an incident says whose thread it is, and one elsewhere does not', async () => {
  const { openIncident, root } = tellStory(() => bench)
  openIncident()
  const thread = (await until('a root', () => root())).ts
  await bench.slack.as('bob').says('@salvor status', { channel: 'inc', thread })
  await bench.slack.as('bob').says('@salvor brief', { channel: 'inc' })
  await until('both', () => bench.heard.length === 2)
  expect(bench.heard.map(({ text, said }) => [text, said.threadOf])).toEqual([
    ['status', 7],
    ['brief', undefined],
  ])
})
