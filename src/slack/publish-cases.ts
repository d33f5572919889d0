import type { WebClient } from '@slack/web-api'
import { listAnswerers } from '../domain/ask.ts'
import { buildCaseCard } from '../domain/cards/case-card.ts'
import { buildLineCard } from '../domain/cards/line-card.ts'
import type { Event } from '../domain/events.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import { listCases } from '../domain/uat.ts'
import type { MessageStore, PostedMessage } from '../ports/messages.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { Board } from './board.ts'
import { reachDirectly } from './open-direct.ts'
import { findSlackId, listRoleHolders, type ResolveGroup } from './people.ts'
import type { Poster } from './post.ts'

const caseKey = (ask: string) => `case:${ask}:dm:`

/** Tells testers of their cases, directly: they need not be in the channel. */
export interface CasePublisher {
  ask(event: Event, ask: string): Promise<void>
  /** Brings every tester's message about a case up to date. */
  redraw(incident: number, ask: string): Promise<void>
  remind(event: Event, job: string): Promise<void>
  /** Marks a message if it is one of a case. */
  review(message: PostedMessage): void
}

export function createCasePublisher(of: {
  readonly client: WebClient
  readonly reader: StoreReader
  readonly messages: MessageStore
  readonly plan: () => RecoveryPlan
  readonly resolveGroup: ResolveGroup
  readonly poster: Poster
  readonly board: Board
}): CasePublisher {
  const { reader, messages, poster } = of
  /** What answers may call a tester: whoever has a name in the plan by now may have judged as a Slack user. */
  const namesOf = (person: string) => [person, findSlackId(of.plan(), person) ?? person]
  const testersOf = (roles: readonly string[]) => listRoleHolders(of.plan(), roles, of.resolveGroup)

  const draw = async (id: string, person: string) => {
    const ask = await reader.findAsk(id)
    const view = ask?.job == null ? undefined : await reader.viewJob(ask.job)
    if (!ask || !view) return undefined
    const { suite = '', no = 0, name = '' } = ask.question.facts as Record<string, string | number>
    // What the plan in force says of it helps; what was asked is its name.
    const written = listCases(of.plan(), String(suite))[Number(no) - 1]
    const one = written?.name === name ? written : { name: String(name), covers: [] }
    return { card: buildCaseCard(ask, view.job, one, namesOf(person)), notify: [] }
  }
  const review = ({ key }: PostedMessage) => {
    const [, ask = '', person = ''] = /^case:(.+):dm:(.+)$/.exec(key) ?? []
    if (ask !== '') of.board.touch(key, () => draw(ask, person), true)
  }
  const redraw = async (incident: number, ask: string) => {
    for (const message of await messages.list(incident, caseKey(ask))) review(message)
  }
  const post = async (
    { incident }: Event,
    job: string,
    key: string,
    person: string,
    card: Parameters<Poster['post']>[0]['card'],
  ) => {
    const user = findSlackId(of.plan(), person)
    const channel = user && (await reachDirectly(of.client, user))
    if (channel) await poster.post({ incident, job, key, channel, thread: null, direct: true, card, notify: [] })
  }
  return {
    async ask(event, id) {
      const ask = await reader.findAsk(id)
      if (ask?.job == null) return
      for (const person of await testersOf(listAnswerers(ask))) {
        const drawn = await draw(id, person)
        if (drawn) await post(event, ask.job, `${caseKey(id)}${person}`, person, drawn.card)
      }
    },
    redraw,
    async remind(event, job) {
      const asks = ((await reader.viewJob(job))?.asks ?? []).filter(({ state }) => state === 'asked')
      const [first] = asks
      if (!first) return
      for (const person of await testersOf(listAnswerers(first))) {
        const names = namesOf(person)
        const left = asks.filter(
          ({ given }) => !given.some((one) => names.includes(one.person) && one.answer !== 'comment'),
        )
        if (left.length === 0) continue
        const card = buildLineCard(`⏳ ${left.length} of ${asks.length} cases of ${job} still wait for you, above`)
        await post(event, job, `event:${event.incident}:${event.no}:dm:${person}`, person, card)
      }
    },
    review,
  }
}
