import type { WebClient } from '@slack/web-api'
import type { Person, Utterance } from '../domain/person.ts'
import type { KeepRecord } from '../engine/say/keep-record.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { MessageStore } from '../ports/messages.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { AnswerPrivately } from './answer.ts'
import { callSlack } from './call.ts'
import { rootKey } from './publish-event.ts'

/** The reaction that puts a message on the record. */
export const pin = 'pushpin'

/** A message that somebody marked, changed or deleted; `user` is who did. */
export interface MarkedMessage {
  /** Unique for what happened, as Slack names it. */
  readonly event: string
  readonly user: string
  readonly channel: string
  readonly ts: string
}

/** What happens to messages, as far as it concerns the record of an incident. */
export interface Marks {
  added(of: MarkedMessage): Promise<void>
  removed(of: MarkedMessage): Promise<void>
  /** `text` is null once it was deleted. */
  changed(of: MarkedMessage & { readonly text: string | null }): Promise<void>
}

/** So often a message is looked for that Slack does not hand out at once, and so far apart, in milliseconds. */
const TRIES = 4
const AGAIN_MS = 2000

/** Only messages of an incident's thread count: elsewhere a pin is a pin. */
export function createMarks(of: {
  readonly client: WebClient
  readonly reader: StoreReader
  readonly messages: MessageStore
  readonly record: KeepRecord
  readonly identify: (user: string) => Person
  readonly answerPrivately: AnswerPrivately
  readonly clock: Clock
  readonly log: Log
  /** Resolves false once the bot stops. */
  readonly sleep: (ms: number) => Promise<boolean>
}): Marks {
  const utter = ({ event, user, channel }: MarkedMessage, thread: string): Utterance => {
    const at = of.clock.now().toISOString()
    return { requestId: `event:${event}`, person: of.identify(user), via: 'reaction', channel, thread, at }
  }

  /** The incident of a channel with the root of its thread; undefined where there is none. */
  const findThread = async (channel: string) => {
    const incident = await of.reader.findIncidentInChannel(channel)
    const root = incident && (await of.messages.find(rootKey(incident.number)))
    return incident && root?.ts ? { incident: incident.number, root: root.ts } : undefined
  }

  const readMessage = async (channel: string, root: string, ts: string) => {
    const range = { channel, ts: root, oldest: ts, latest: ts, inclusive: true, limit: 2 }
    for (let tried = 1; ; tried += 1) {
      const asked = await callSlack(() => of.client.conversations.replies(range))
      if (asked.kind === 'ok') return asked.value.messages?.find((one) => one.ts === ts)
      if (asked.kind === 'refused') return undefined
      const wait = asked.kind === 'limited' ? asked.retryAfterMs : AGAIN_MS
      if (tried >= TRIES || !(await of.sleep(wait)))
        throw new Error(`a marked message could not be read: ${asked.kind}`)
    }
  }

  return {
    async added(mark) {
      const thread = await findThread(mark.channel)
      const message = thread && (await readMessage(mark.channel, thread.root, mark.ts))
      if (!message) return
      const { channel, ts } = mark
      const author = message.user === undefined ? 'somebody' : of.identify(message.user).id
      const saidAt = new Date(Number(ts) * 1000).toISOString()
      const pinned = { channel, ts, author, text: message.text ?? '', saidAt }
      const answer = await of.record.pin(utter(mark, thread.root), thread.incident, pinned)
      const place = { user: mark.user, channel, thread: thread.root, responseUrl: null, anywhere: false }
      if (answer.kind === 'private') await of.answerPrivately(answer.card, place)
    },
    async removed(mark) {
      const thread = await findThread(mark.channel)
      const message = thread && (await readMessage(mark.channel, thread.root, mark.ts))
      if (!message) return
      // Somebody else still wants it there.
      const others = message.reactions?.find(({ name }) => name === pin)?.count ?? 0
      if (others === 0) await of.record.unpin(utter(mark, thread.root), thread.incident, mark.ts)
    },
    async changed({ text, ...mark }) {
      const thread = await findThread(mark.channel)
      if (thread) await of.record.follow(utter(mark, thread.root), thread.incident, { ts: mark.ts, text })
    },
  }
}
