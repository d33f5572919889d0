import type { WebClient } from '@slack/web-api'
import type { Card } from '../domain/card.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { MessageStore, PostedMessage } from '../ports/messages.ts'
import { type CallResult, callSlack } from './call.ts'
import { drawMessage, drawPlainly } from './cards/draw-card.ts'
import type { Voice } from './cards/write-text.ts'
import type { Names } from './names.ts'
import { createPace } from './pace.ts'
import { NotNow } from './post.ts'
import type { Redraw as PostAnew } from './redraw.ts'

/** Draws what a message should show now; undefined if there is nothing to show any more. */
type Redraw = () => Promise<
  { readonly card: Card; readonly notify: readonly string[]; readonly links?: Voice['links'] } | undefined
>

/** All messages that are edited in place, under one budget for chat.update. */
export interface Board {
  /** The message should be drawn anew. Urgent: its state changed, so it goes before those that only tick. */
  touch(key: string, redraw: Redraw, urgent: boolean): void
  /** When the message was last drawn, in milliseconds since the epoch; 0 for never. */
  drawnAt(key: string): number
  /** Edits the most pressing message if the budget allows. Answers milliseconds until it is worth calling again. */
  runOnce(): Promise<number>
}

/** Slack allows 50 a minute and method; two are left for clocks that disagree. */
const PER_MINUTE = 48
const BURST = 6
/** Kept for changes of state, so that ticking never delays a button that must go. */
const RESERVE = 2
const IDLE_MS = 1000
const GONE = ['cant_update_message', 'channel_not_found', 'is_archived', 'edit_window_closed']

interface Pending {
  redraw: Redraw
  urgent: boolean
  since: number
  /** It cannot be drawn before, in milliseconds since the epoch. */
  notBefore?: number
}

/**
 * An edit that fails is tried again with the newest state; it never becomes a new message, unless Slack says that the
 * old one was deleted.
 */
export function createBoard(of: {
  readonly client: WebClient
  readonly messages: MessageStore
  readonly names: Names
  /** Posts a card anew whose message was deleted. */
  readonly postAnew: PostAnew
  readonly clock: Clock
  readonly log: Log
}): Board {
  const { client, messages, clock, log } = of
  const pending = new Map<string, Pending>()
  const drawn = new Map<string, number>()
  const pace = createPace(PER_MINUTE, BURST, clock, 0)
  const now = () => clock.now().getTime()
  let failures = 0

  const settleUpdate = async (message: PostedMessage, job: Pending, result: CallResult<unknown>, shows: string) => {
    const { key } = message
    if (result.kind === 'ok') {
      failures = 0
      drawn.set(key, now())
      return messages.recordShown(key, shows)
    }
    if (result.kind === 'refused' && isDeleted(message, result.error)) {
      await messages.recordDeleted(key, message.ts ?? '')
      if (!pending.has(key)) pending.set(key, { ...job, urgent: true })
      return
    }
    if (result.kind === 'refused' && GONE.includes(result.error)) {
      log.warn({ key, error: result.error }, 'a card can no longer be edited')
      return messages.recordRefused(key)
    }
    failures += 1
    const backoff = Math.min(15_000, 500 * 2 ** failures)
    pace.pause(result.kind === 'limited' ? result.retryAfterMs : backoff)
    log.warn({ key, outcome: result }, 'a card could not be edited now')
    if (!pending.has(key)) pending.set(key, job)
  }

  const update = async (key: string, job: Pending): Promise<void> => {
    const message = await messages.find(key)
    if (message?.state === 'deleted') return drawAnew(message, job)
    const ts = message?.ts
    if (message?.state !== 'posted' || !ts) return
    const content = await job.redraw()
    if (!content) return
    const voice = await of.names.voiceFor([content.card], content.notify, content.links)
    const { text, blocks, shows } = drawMessage(content.card, voice)
    if (shows === message.shows) {
      drawn.set(key, now())
      return
    }
    const { channel } = message
    pace.take()
    let result = await callSlack(() => client.chat.update({ channel, ts, text, blocks }))
    if (result.kind === 'refused' && result.error.startsWith('invalid_blocks')) {
      pace.take()
      const plain = drawPlainly(content.card, voice)
      result = await callSlack(() => client.chat.update({ channel, ts, text: plain, blocks: [] }))
    }
    await settleUpdate(message, job, result, shows)
  }

  const drawAnew = async (message: PostedMessage, job: Pending): Promise<void> => {
    const content = await job.redraw()
    if (!content) return messages.recordRefused(message.key)
    try {
      await of.postAnew(message, content)
      drawn.set(message.key, now())
    } catch (error) {
      if (!(error instanceof NotNow)) throw error
      log.warn({ key: message.key, why: error.message }, 'a deleted card cannot be posted anew now')
      const later = { ...job, urgent: false, notBefore: now() + error.ms }
      if (!pending.has(message.key)) pending.set(message.key, later)
    }
  }

  return {
    touch(key, redraw, urgent) {
      const known = pending.get(key)
      pending.set(key, { redraw, urgent: urgent || (known?.urgent ?? false), since: known?.since ?? now() })
    },
    drawnAt: (key) => drawn.get(key) ?? 0,
    async runOnce() {
      const due = [...pending].filter(([, { notBefore = 0 }]) => notBefore <= now())
      const next = due.sort(([, one], [, other]) => rank(one) - rank(other) || one.since - other.since)[0]
      if (!next) return IDLE_MS
      const [key, job] = next
      const wait = pace.wait(job.urgent ? 0 : RESERVE)
      if (wait > 0) return wait
      pending.delete(key)
      try {
        await update(key, job)
      } catch (error) {
        // The store did not answer, or the card cannot be drawn: it stays due, behind all others.
        if (!pending.has(key)) pending.set(key, { ...job, urgent: false, since: now() })
        throw error
      }
      return 0
    },
  }
}

/** A root with replies leaves a tombstone that is Slack's, not ours to edit. */
function isDeleted({ key }: PostedMessage, error: string): boolean {
  return error === 'message_not_found' || (error === 'cant_update_message' && key.startsWith('root:'))
}

function rank(job: Pending): number {
  return job.urgent ? 0 : 1
}
