import type { MessageMetadata } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import type { PostedMessage } from '../ports/messages.ts'
import { callSlack } from './call.ts'

const EVENT_TYPE = 'salvor_message'
/** Clocks of Slack and of this machine may differ by so much. */
const SKEW_S = 120
const PAGES = 10

/** What marks a message as Salvor's, by its key. Readable by every member: no secrets. */
export function messageMetadata(key: string): MessageMetadata {
  return { event_type: EVENT_TYPE, event_payload: { key } }
}

export type Found =
  | { readonly kind: 'found'; readonly ts: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly retryAfterMs: number }

/** Looks in Slack for a message whose answer was lost, from the time of its intent on. */
export async function findPosted(client: WebClient, message: PostedMessage): Promise<Found> {
  const { channel, thread, intendedAt, key } = message
  const oldest = String(Math.floor(Date.parse(intendedAt) / 1000) - SKEW_S)
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page += 1) {
    const common = { channel, oldest, limit: 200, include_all_metadata: true, ...(cursor ? { cursor } : {}) }
    const asked = await callSlack(() =>
      thread ? client.conversations.replies({ ...common, ts: thread }) : client.conversations.history(common),
    )
    if (asked.kind === 'limited') return { kind: 'unknown', retryAfterMs: asked.retryAfterMs }
    if (asked.kind === 'lost') return { kind: 'unknown', retryAfterMs: 2000 }
    if (asked.kind === 'refused') {
      // Where there is no thread or no channel to look in, nothing can have been posted.
      const gone = ['thread_not_found', 'channel_not_found', 'not_in_channel'].includes(asked.error)
      return gone ? { kind: 'absent' } : { kind: 'unknown', retryAfterMs: 20_000 }
    }
    const hit = asked.value.messages?.find((one) => {
      const metadata = (one as { metadata?: { event_payload?: { key?: unknown } } }).metadata
      return metadata?.event_payload?.key === key
    })
    if (hit?.ts) return { kind: 'found', ts: hit.ts }
    cursor = asked.value.response_metadata?.next_cursor || undefined
    if (!cursor) return { kind: 'absent' }
  }
  return { kind: 'unknown', retryAfterMs: 20_000 }
}
