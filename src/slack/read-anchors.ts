import { setTimeout as wait } from 'node:timers/promises'
import type { WebClient } from '@slack/web-api'
import { type Anchor, readPostedAnchor } from '../domain/anchor.ts'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Log } from '../ports/log.ts'
import type { MessageStore } from '../ports/messages.ts'
import { callSlack } from './call.ts'
import { createClients } from './clients.ts'
import { anchorKey, numberIn } from './publish-anchors.ts'

/** What a channel says of one journal. */
export interface PostedAnchors {
  /** As they were posted. */
  readonly anchors: readonly Anchor[]
  /** Messages that were changed since: what they say now proves nothing. */
  readonly edited: readonly Anchor[]
  /** Numbers of events whose anchor the store says was posted and that the channel, older ones kept, does not hold. */
  readonly gone: readonly number[]
}

const PAGE = 200
const PAGES = 500
/** A page that is refused for haste is asked for again, so often. */
const TRIES = 10

/**
 * Reads the anchors of one journal from a channel: those that this bot posted itself. Anybody may write there; what
 * somebody else says is no anchor. Throws slack_unreachable.
 */
export async function readPostedAnchors(of: {
  readonly botToken: string
  readonly apiUrl?: string | undefined
  readonly channel: string
  readonly incident: number
  readonly messages: Pick<MessageStore, 'list'>
  readonly log: Log
}): Promise<PostedAnchors> {
  const { background: client } = createClients(of)
  const self = await ask(() => client.auth.test())
  const seen = (await readChannel(client, of.channel)).flatMap((message) => {
    const own = message.user !== undefined && message.user === self.user_id
    const anchor = own ? readPostedAnchor(message.text ?? '') : undefined
    return anchor ? [{ anchor, edited: message.edited !== undefined }] : []
  })
  const mine = seen.filter(({ anchor }) => anchor.incident === of.incident)
  const said = await of.messages.list(of.incident, anchorKey(of.channel, of.incident))
  const posted = said.filter(({ state }) => state !== 'intended').map(({ key }) => numberIn(key))
  const numbers = mine.map(({ anchor }) => anchor.no)
  return {
    anchors: mine.filter(({ edited }) => !edited).map(({ anchor }) => anchor),
    edited: mine.filter(({ edited }) => edited).map(({ anchor }) => anchor),
    // What a workspace throws away by age are the oldest.
    gone: posted.filter((no) => no > Math.min(...numbers) && !numbers.includes(no)),
  }
}

interface ReadMessage {
  readonly user?: string
  readonly text?: string
  readonly edited?: object
}

async function readChannel(client: WebClient, channel: string): Promise<ReadMessage[]> {
  const all: ReadMessage[] = []
  let cursor = ''
  for (let page = 0; page < PAGES; page += 1) {
    const part = { channel, limit: PAGE, ...(cursor ? { cursor } : {}) }
    const { messages, response_metadata } = await ask(() => client.conversations.history(part))
    all.push(...((messages ?? []) as ReadMessage[]))
    cursor = response_metadata?.next_cursor ?? ''
    if (cursor === '') break
  }
  return all
}

async function ask<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const asked = await callSlack(call)
    if (asked.kind === 'ok') return asked.value
    if (asked.kind !== 'limited' || tries === TRIES) throw new SalvorError('slack_unreachable', {}, { cause: asked })
    await wait(asked.retryAfterMs)
  }
}
