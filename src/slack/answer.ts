import type { WebClient } from '@slack/web-api'
import type { Card } from '../domain/card.ts'
import type { Log } from '../ports/log.ts'
import { callSlack } from './call.ts'
import { drawMessage, drawPlainly } from './cards/draw-card.ts'
import type { ReplyPlace } from './inbox.ts'
import type { Names } from './names.ts'

/** Shows a card to the asker alone. */
export type AnswerPrivately = (card: Card, place: ReplyPlace) => Promise<void>

/**
 * Private answers: by response URL where there is one and no thread to stay in (it works even where the bot is no
 * member), else by an ephemeral message. An answer that cannot be delivered is logged and dropped: it can be asked
 * for again, and a second copy would only confuse.
 */
export function createPrivateAnswers(client: WebClient, names: Names, log: Log): AnswerPrivately {
  return async (card, place) => {
    const message = drawMessage(card, names.privately())
    const ways = place.thread === null ? [byUrl, byEphemeral] : [byEphemeral, byUrl]
    for (const way of ways) {
      if (await way(client, place, { text: message.text, blocks: message.blocks })) return
    }
    const plain = { text: drawPlainly(card, names.privately()) }
    for (const way of ways) if (await way(client, place, plain)) return
    log.warn({ channel: place.channel, user: place.user }, 'a private answer could not be delivered')
  }
}

type Content = Pick<ReturnType<typeof drawMessage>, 'text'> & Partial<Pick<ReturnType<typeof drawMessage>, 'blocks'>>

/** A response URL lives half an hour and takes five messages. */
async function byUrl(_client: WebClient, place: ReplyPlace, content: Content): Promise<boolean> {
  if (!place.responseUrl) return false
  const thread = place.thread ? { thread_ts: place.thread } : {}
  const body = { response_type: 'ephemeral', replace_original: false, ...thread, ...content }
  const headers = { 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(5000)
  const sent = await callSlack(() =>
    fetch(place.responseUrl ?? '', { method: 'POST', headers, body: JSON.stringify(body), signal }),
  )
  return sent.kind === 'ok' && sent.value.ok
}

async function byEphemeral(client: WebClient, place: ReplyPlace, content: Content): Promise<boolean> {
  const { channel, user, thread } = place
  if (!channel) return false
  const where = { channel, user, ...(thread ? { thread_ts: thread } : {}) }
  return (await callSlack(() => client.chat.postEphemeral({ ...where, ...content }))).kind === 'ok'
}
