import type { WebClient } from '@slack/web-api'
import { buildLineCard } from '../domain/cards/line-card.ts'
import { threadWord, within } from '../domain/cards/within.ts'
import type { Event } from '../domain/events.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import { markPerson } from '../domain/text.ts'
import type { MessageStore, PostedMessage } from '../ports/messages.ts'
import type { AddressOf } from './address.ts'
import type { Board } from './board.ts'
import type { LiveCards } from './draw-live.ts'
import type { Effect } from './lines.ts'
import { reachDirectly } from './open-direct.ts'
import { findSlackId } from './people.ts'
import type { Poster } from './post.ts'

/** All copies of one approval card begin so: `thread`, `dm:<user>`. */
const askKey = (approval: string) => `ask:${approval}:`

/** Tells of one approval: a card in the thread, copies to those who may decide, and words while nobody does. */
export interface AskPublisher {
  ask(event: Event, job: string, approval: string, root: PostedMessage): Promise<void>
  press(event: Event, job: string, effect: Effect & { kind: 'press' }, root: PostedMessage): Promise<void>
  /** Brings all copies up to date. */
  settle(incident: number, approval: string): Promise<void>
  /** Marks a message if it is such a copy. */
  review(message: PostedMessage): void
}

export function createAskPublisher(of: {
  readonly client: WebClient
  readonly messages: MessageStore
  readonly plan: () => RecoveryPlan
  readonly live: LiveCards
  readonly poster: Poster
  readonly board: Board
  readonly addressOf: AddressOf
  /** May this event still ring? A job rings a few times at most. */
  readonly mayRing: (event: Event) => Promise<boolean>
}): AskPublisher {
  const { messages, live, poster } = of
  type Drawn = NonNullable<Awaited<ReturnType<LiveCards['approval']>>>

  /** As it stands in no thread: with a way to the one in which it is asked. */
  const outside = async (approval: string, { card, incident }: Drawn) => {
    const asked = await messages.find(`${askKey(approval)}thread`)
    const url = asked && (await of.addressOf(asked))
    return { card: within(incident, card), links: new Map(url ? [[threadWord(incident), url]] : []) }
  }

  const touch = (key: string, job: string, approval: string, rings: boolean) =>
    of.board.touch(
      key,
      async () => {
        const drawn = await live.approval(job, approval)
        if (drawn && key.includes(':dm:')) return { ...(await outside(approval, drawn)), notify: [] }
        return drawn && { card: drawn.card, notify: rings && drawn.open ? drawn.approvers : [] }
      },
      true,
    )

  const review = ({ key, job, notifies }: PostedMessage) => {
    const approval = /^ask:(.+?):(thread|dm:)/.exec(key)?.[1]
    if (job !== null && approval) touch(key, job, approval, notifies && !key.includes(':dm:'))
  }

  /** To each who may decide, once; a person who takes no direct messages still has the mention in the thread. */
  const copyToPeople = async ({ incident }: Event, job: string, approval: string, drawn: Drawn): Promise<void> => {
    for (const person of drawn.approvers) {
      const user = findSlackId(of.plan(), person)
      if (!user) continue
      const key = `${askKey(approval)}dm:${user}`
      const direct = await reachDirectly(of.client, user)
      if (!direct) continue
      const where = { incident, job, key, channel: direct, thread: null, direct: true }
      await poster.post({ ...where, ...(await outside(approval, drawn)), notify: [] })
    }
  }

  const settle = async (incident: number, approval: string) => {
    for (const copy of await messages.list(incident, askKey(approval))) review(copy)
  }

  return {
    async ask(event, job, approval, root) {
      const drawn = await live.approval(job, approval)
      if (!drawn) return
      const key = `${askKey(approval)}thread`
      const known = await messages.find(key)
      // What has been settled meanwhile is told, but rings for nobody.
      const rings = known ? known.notifies : drawn.open && (await of.mayRing(event))
      const where = { incident: event.incident, job, channel: root.channel, thread: root.ts }
      await poster.post({ ...where, key, card: drawn.card, notify: rings ? drawn.approvers : [] })
      if (rings && drawn.open) await copyToPeople(event, job, approval, drawn)
    },
    async press(event, job, effect, root) {
      await settle(event.incident, effect.approval)
      const drawn = await live.approval(job, effect.approval)
      if (!drawn) return
      const key = `event:${event.incident}:${event.no}`
      const known = await messages.find(key)
      const rings = known ? known.notifies : drawn.open && (await of.mayRing(event))
      if (rings) {
        const card = buildLineCard(`${drawn.approvers.map(markPerson).join(' or ')} ${effect.text}`.trim())
        const where = { incident: event.incident, job, channel: root.channel, thread: root.ts }
        await poster.post({ ...where, key, card, notify: drawn.approvers })
      }
      // Those who were not asked before hear of it even where the thread has rung often enough.
      if (effect.direct && drawn.open) await copyToPeople(event, job, effect.approval, drawn)
    },
    settle,
    review,
  }
}
