import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type LocalSlack, startLocalSlack } from '../../sandbox/slack/index.ts'
import { readPostedAnchor } from '../../src/domain/anchor.ts'
import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import { silentLog } from '../../src/ports/log.ts'
import { clientOptions } from '../../src/slack/clients.ts'
import { createNames } from '../../src/slack/names.ts'
import { createPoster, NotNow } from '../../src/slack/post.ts'
import { createAnchorPublisher } from '../../src/slack/publish-anchors.ts'
import { readPostedAnchors } from '../../src/slack/read-anchors.ts'
import { createMemoryMessages } from './support/memory-messages.ts'
import { workspace } from './support/workbench.ts'
import { plan } from './support/world.ts'

const channel = 'C0INC'
const botToken = 'xoxb-local'
const begun = Date.UTC(2026, 0, 1)
let slack: LocalSlack
let messages: ReturnType<typeof createMemoryMessages>
/** Journal 7: how many events it has, and whether its incident is closed. */
let journal: { events: number; closedAt: string | null }
let minute: number

beforeEach(async () => {
  slack = await startLocalSlack({ botToken, signingSecret: 's', workspace })
  messages = createMemoryMessages(() => [])
  journal = { events: 0, closedAt: null }
  minute = 0
})
afterEach(() => slack.close())

const hashOf = (no: number) => no.toString(16).padStart(64, '0')
const now = () => new Date(begun + minute * 60_000)
const after = (minutes: number) => {
  minute += minutes
}

/** One look of a bot that has just been started. */
function look(every = '1h', where: string | null = channel): Promise<void> {
  const client = new WebClient(botToken, clientOptions(slack.apiUrl, silentLog))
  const clock = { now }
  const names = createNames(client, () => plan)
  const listHeads = async () => [
    { incident: 7, no: journal.events, hash: hashOf(journal.events), closedAt: journal.closedAt },
    { incident: 8, no: 0, hash: hashOf(0), closedAt: null },
  ]
  const anchored = { ...plan, anchor: { ...(where === null ? {} : { channel: where }), every } } as RecoveryPlan
  return createAnchorPublisher({
    poster: createPoster({ client, messages, names, clock, log: silentLog, settleMs: 20 }),
    ...{ listHeads, messages, plan: () => anchored, clock, log: silentLog },
    hashOf: async (_incident, no) => (no <= journal.events ? hashOf(no) : undefined),
  })()
}

const posted = () => slack.messages('inc').map(({ text }) => readPostedAnchor(text)?.no)
const read = (of: { incident?: number } = {}) =>
  readPostedAnchors({ botToken, apiUrl: slack.apiUrl, channel, incident: 7, messages, log: silentLog, ...of })

it('a journal that grew is anchored once an interval, over restarts, and at the close of its incident', async () => {
  await look()
  expect(posted()).toEqual([])
  journal.events = 3
  for (let restart = 0; restart < 3; restart += 1) await look()
  journal.events = 5
  after(59)
  await look()
  expect(posted()).toEqual([3])
  after(1)
  await look()
  journal.events = 6
  after(1)
  await look()
  expect(posted()).toEqual([3, 5])
  journal = { events: 7, closedAt: now().toISOString() }
  for (let restart = 0; restart < 3; restart += 1) await look()
  expect(posted()).toEqual([3, 5, 7])
  // Grown no more, it is anchored no more.
  after(600)
  await look()
  expect(posted()).toEqual([3, 5, 7])
  expect(await read()).toEqual({
    anchors: [7, 5, 3].map((no) => ({ incident: 7, no, hash: hashOf(no) })),
    ...{ edited: [], gone: [] },
  })
  expect(await read({ incident: 8 })).toEqual({ anchors: [], edited: [], gone: [] })
})

it('without a channel in the plan nothing is posted', async () => {
  journal.events = 3
  await look('1h', null)
  expect(posted()).toEqual([])
  // Anchored elsewhere it is not anchored here.
  await look('1h', 'C0INC')
  expect(posted()).toEqual([3])
})

it('while Slack is away an anchor waits; what was begun comes first, and nothing comes twice', async () => {
  journal.events = 3
  slack.faults.outage(true)
  await expect(look()).rejects.toBeInstanceOf(NotNow)
  journal.events = 4
  await expect(look()).rejects.toBeInstanceOf(NotNow)
  slack.faults.outage(false)
  await look()
  expect(posted()).toEqual([3])
  // Posted, but the answer was lost, and the bot with it.
  after(60)
  slack.faults.dropAnswer('chat.postMessage', 1)
  await expect(look()).rejects.toBeInstanceOf(NotNow)
  journal.events = 6
  await look()
  await look()
  expect(posted()).toEqual([3, 4])
  after(60)
  await look()
  expect(posted()).toEqual([3, 4, 6])
})

it('what somebody else says there is no anchor', async () => {
  await slack.as('alice').says(`⚓ #7 3:${'f'.repeat(64)}`, { channel })
  expect((await read()).anchors).toEqual([])
})

it('an anchor that was changed or taken away is named, the oldest that are gone are not', async () => {
  for (const no of [1, 2, 3, 4]) {
    journal.events = no
    await look()
    after(60)
  }
  const client = new WebClient(botToken, clientOptions(slack.apiUrl, silentLog))
  const tsOf = (no: number) => slack.messages('inc').find((one) => readPostedAnchor(one.text)?.no === no)?.ts ?? ''
  // With the token of the bot itself.
  await client.chat.update({ channel, ts: tsOf(2), text: `⚓ #7 2:${'f'.repeat(64)}` })
  for (const no of [1, 3]) await client.chat.delete({ channel, ts: tsOf(no) })
  expect(await read()).toEqual({
    anchors: [{ incident: 7, no: 4, hash: hashOf(4) }],
    edited: [{ incident: 7, no: 2, hash: 'f'.repeat(64) }],
    gone: [3],
  })
})
