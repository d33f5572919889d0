import { setTimeout as delay } from 'node:timers/promises'
import type { WebClient } from '@slack/web-api'
import type { Card } from '../domain/card.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { MessageStore, PostedMessage } from '../ports/messages.ts'
import { type CallResult, callSlack } from './call.ts'
import { drawMessage, drawPlainly } from './cards/draw-card.ts'
import type { Voice } from './cards/write-text.ts'
import { findPosted, messageMetadata } from './find-posted.ts'
import type { Names } from './names.ts'
import { createPace, type Pace } from './pace.ts'

/** A message to be posted once. `notify`: ids of people whose phone shall ring. */
export interface NewPost {
  readonly key: string
  readonly incident: number
  readonly channel: string
  readonly thread: string | null
  readonly job: string | null
  readonly card: Card
  readonly notify: readonly string[]
  /** A direct message rings without a mention. */
  readonly direct?: boolean
  /** Addresses of words in it. */
  readonly links?: Voice['links']
}

/** Slack cannot take it now; the same post is to be tried again after `ms`. */
export class NotNow extends Error {
  readonly ms: number
  constructor(why: string, ms: number) {
    super(why)
    this.name = 'NotNow'
    this.ms = ms
  }
}

/** Posts at most once: whatever is lost on the way is looked for before it is said again. */
export interface Poster {
  /** The message as posted, now or earlier. Throws NotNow. A message that Slack will never take comes back `refused`. */
  post(of: NewPost): Promise<PostedMessage>
}

/** A lost answer may belong to a request that is still under way: it is looked for only after so long. */
const SETTLE_MS = 2_000
/** What a person can mend (an invitation, a token): worth trying again, but not often. */
const MENDABLE = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'account_inactive',
  'restricted_action',
  'missing_scope',
])
const MENDABLE_WAIT_MS = 20_000

/** Creates a poster. One post a second and channel is what Slack allows; it paces itself below that. */
export function createPoster(of: {
  readonly client: WebClient
  readonly messages: MessageStore
  readonly names: Names
  readonly clock: Clock
  readonly log: Log
  readonly settleMs?: number
}): Poster {
  const { client, messages, clock, log } = of
  const paces = new Map<string, Pace>()
  const settleMs = of.settleMs ?? SETTLE_MS
  const method = createPace(300, 10, clock)

  const send = async (post: NewPost): Promise<{ result: CallResult<{ ts?: string }>; shows: string }> => {
    const drawn = drawMessage(post.card, await of.names.voiceFor([post.card], post.notify, post.links))
    const pace = paces.get(post.channel) ?? createPace(50, 3, clock)
    paces.set(post.channel, pace)
    await delay(Math.max(pace.wait(), method.wait()))
    const where = { channel: post.channel, ...(post.thread ? { thread_ts: post.thread } : {}) }
    const fixed = { ...where, metadata: messageMetadata(post.key), unfurl_links: false, unfurl_media: false }
    const say = (content: { text: string; blocks?: typeof drawn.blocks }) => {
      pace.take()
      method.take()
      return callSlack(() => client.chat.postMessage({ ...fixed, ...content }))
    }
    const first = await say({ text: drawn.text, blocks: drawn.blocks })
    if (first.kind !== 'refused' || !first.error.startsWith('invalid_blocks'))
      return { result: first, shows: drawn.shows }
    log.warn({ key: post.key }, 'Slack refused the blocks of a message, saying it plainly')
    const voice = await of.names.voiceFor([post.card], post.notify, post.links)
    return { result: await say({ text: drawPlainly(post.card, voice) }), shows: drawn.shows }
  }

  /** Whoever asks for the same message meanwhile waits for that one: two at a time would both find nothing there. */
  const posting = new Map<string, Promise<PostedMessage>>()

  const postNow = async (post: NewPost): Promise<PostedMessage> => {
    const { key, incident, channel, thread, job } = post
    const notifies = post.notify.length > 0 || post.direct === true
    const intendedAt = clock.now().toISOString()
    const { fresh, message } = await messages.intend({ key, incident, channel, thread, job, notifies, intendedAt })
    if (message.state !== 'intended') return message
    if (!fresh) {
      const age = clock.now().getTime() - Date.parse(message.intendedAt)
      if (age < settleMs) await delay(settleMs - age)
      const found = await findPosted(client, message)
      if (found.kind === 'unknown') throw new NotNow('cannot look for a lost message', found.retryAfterMs)
      if (found.kind === 'found') return recordPosted(messages, message, found.ts, '', message.thread)
    }
    const { result, shows } = await send(post)
    switch (result.kind) {
      case 'ok':
        return recordPosted(messages, message, result.value.ts ?? '', shows, thread)
      case 'limited':
        method.pause(result.retryAfterMs)
        throw new NotNow('rate limited', result.retryAfterMs)
      case 'lost':
        throw new NotNow(result.why, settleMs)
      case 'refused': {
        log.warn({ key, error: result.error }, 'Slack refused a message')
        if (result.error === 'thread_not_found' && thread !== null) {
          await noteLostThread(messages, channel, thread)
          throw new NotNow(result.error, settleMs)
        }
        if (MENDABLE.has(result.error) && !post.direct) throw new NotNow(result.error, MENDABLE_WAIT_MS)
        await messages.recordRefused(key)
        return { ...message, state: 'refused' }
      }
    }
  }

  return {
    post(post) {
      const known = posting.get(post.key)
      if (known) return known
      const running = postNow(post).finally(() => posting.delete(post.key))
      posting.set(post.key, running)
      return running
    },
  }
}

/** The root of the thread was deleted and nobody has said so: it has to be posted anew before what belongs below it. */
async function noteLostThread(messages: MessageStore, channel: string, thread: string): Promise<void> {
  const root = await messages.findAt(channel, thread)
  if (root) await messages.recordDeleted(root.key, thread)
}

async function recordPosted(
  messages: MessageStore,
  message: PostedMessage,
  ts: string,
  shows: string,
  thread: string | null,
) {
  await messages.recordPosted(message.key, ts, shows, ...(thread === null ? [] : [thread]))
  return { ...message, state: 'posted' as const, ts, shows, thread }
}
