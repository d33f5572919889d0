import { createServer } from 'node:http'
import { type LocalSlack, startLocalSlack } from '../../../sandbox/slack/index.ts'
import { readBody } from '../../../sandbox/slack/read-arguments.ts'
import { sandboxWorkspace } from '../../../sandbox/workspace.ts'
import { type CardSample, listCardSamples } from '../../support/card-samples.ts'
import { until } from '../../support/until.ts'

/** A local Slack in which every card hangs. */
export interface Gallery {
  readonly slack: LocalSlack
  /** Channels by id, each with some of the messages. */
  readonly rooms: readonly string[]
  readonly modals: readonly CardSample[]
  readonly homes: readonly CardSample[]
  /** Puts a modal in front of alice; `close` of her person takes it away. */
  showModal(sample: CardSample): Promise<void>
  /** Exchanges the Home tab of alice. */
  showHome(sample: Pick<CardSample, 'view'>): Promise<void>
  close(): Promise<void>
}

/** As many as a person looks at on one sheet. */
const PER_ROOM = 16
const botToken = 'xoxb-gallery'

/** Posts all messages and files through the Web API, as the bot does. */
export async function startGallery(): Promise<Gallery> {
  const samples = await listCardSamples()
  const hung = samples.filter(({ surface }) => surface === 'message' || surface === 'file')
  const rooms = Array.from({ length: Math.ceil(hung.length / PER_ROOM) }, (_, index) => `C0ROOM${index + 1}`)
  const members = [sandboxWorkspace.bot.userId, ...sandboxWorkspace.users.map(({ id }) => id)]
  const channels = rooms.map((id, index) => ({ id, name: `cards-${index + 1}`, members }))
  // Time flies: no rate limit is met.
  let clock = Date.now() - 86_400_000
  const slack = await startLocalSlack({
    botToken,
    signingSecret: 'gallery',
    workspace: { ...sandboxWorkspace, channels },
    now: () => {
      clock += 200
      return clock
    },
  })
  const app = await catchTriggers()
  slack.setRequestUrl(app.url)
  for (const [index, sample] of hung.entries()) {
    const channel = rooms[Math.floor(index / PER_ROOM)] ?? ''
    if (sample.surface === 'file') await share(slack, channel, sample)
    else await call(slack, 'chat.postMessage', { channel, text: sample.text, blocks: sample.blocks })
  }
  return {
    slack,
    rooms,
    modals: samples.filter(({ surface }) => surface === 'modal'),
    homes: samples.filter(({ surface }) => surface === 'home'),
    async showHome({ view }) {
      await call(slack, 'views.publish', { user_id: 'U0ALICE', view })
    },
    async showModal({ view }) {
      await slack.as('alice').says('/recover help', { channel: rooms[0] ?? '' })
      clock -= 200
      await call(slack, 'views.open', { trigger_id: await app.trigger(), view })
    },
    async close() {
      await slack.close()
      await app.close()
    },
  }
}

async function share(slack: LocalSlack, channel: string, { text }: CardSample): Promise<void> {
  const length = Buffer.byteLength(text)
  const { file_id, upload_url } = await call(slack, 'files.getUploadURLExternal', { filename: 'incident-7.md', length })
  await fetch(String(upload_url), { method: 'POST', body: text })
  await call(slack, 'files.completeUploadExternal', { files: [{ id: file_id }], channel_id: channel })
  await slack.waitFor('the file in its channel', () => slack.files().every(({ shares }) => shares.length > 0))
}

/** One call of the Web API; a refusal is an error. */
async function call(slack: LocalSlack, method: string, args: object): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' }
  const response = await fetch(`${slack.apiUrl}${method}`, { method: 'POST', headers, body: JSON.stringify(args) })
  const answer = (await response.json()) as Record<string, unknown>
  if (answer.ok !== true) throw new Error(`${method}: ${JSON.stringify(answer)}`)
  return answer
}

/** An app that keeps the trigger ids of commands and says nothing. */
async function catchTriggers() {
  const triggers: string[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const trigger = new URLSearchParams(body.toString()).get('trigger_id')
      if (trigger) triggers.push(trigger)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/slack/events`,
    trigger: () => until('a trigger', () => triggers.shift()),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
