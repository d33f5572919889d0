import type { WebClient } from '@slack/web-api'
import { type Ask, listAnswerers, type Unreached } from '../domain/ask.ts'
import { buildCaseCard } from '../domain/cards/case-card.ts'
import { buildLineCard } from '../domain/cards/line-card.ts'
import type { Event, EventMap } from '../domain/events.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import { findCase, hasJudged, isCaseOpen, listWaitingCases } from '../domain/uat.ts'
import type { MessageStore, PostedMessage } from '../ports/messages.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { Board } from './board.ts'
import { reachDirectly } from './open-direct.ts'
import { findSlackId, listRoleHolders, type ResolveGroup } from './people.ts'
import type { Poster } from './post.ts'

const caseKey = (ask: string) => `case:${ask}:dm:`

/** Whom no message about a case reached, and roles that nobody holds. */
export type UnreachedPeople = EventMap['people_unreached']

/** Tells testers of their cases, directly: they need not be in the channel. */
export interface CasePublisher {
  ask(event: Event, ask: string): Promise<void>
  /** Brings every tester's message about a case up to date. */
  redraw(incident: number, ask: string): Promise<void>
  /** The same for all cases of a job: whatever ends it, or takes its results, takes their buttons. */
  settle(incident: number, job: string): Promise<void>
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
  /** Puts on record whom no message reached. */
  readonly onUnreached: (job: string, of: UnreachedPeople) => Promise<void>
}): CasePublisher {
  const { reader, messages, poster } = of
  /** What answers may call a tester: whoever has a name in the plan by now may have judged as a Slack user. */
  const namesOf = (person: string) => [person, findSlackId(of.plan(), person) ?? person]
  const testersOf = (roles: readonly string[]) => listRoleHolders(of.plan(), roles, of.resolveGroup)

  const draw = async (id: string, person: string) => {
    const ask = await reader.findAsk(id)
    const view = ask?.job == null ? undefined : await reader.viewJob(ask.job)
    if (!ask || !view) return undefined
    return { card: buildCaseCard(ask, view, findCase(of.plan(), ask), namesOf(person)), notify: [] }
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
  ): Promise<Unreached | null> => {
    const user = findSlackId(of.plan(), person)
    if (!user) return 'no_slack'
    const channel = await reachDirectly(of.client, user)
    if (!channel) return 'no_direct'
    const posted = await poster.post({ incident, job, key, channel, thread: null, direct: true, card, notify: [] })
    return posted.state === 'refused' ? 'no_direct' : null
  }
  /** Each tester's own message about a case, once; answers whom none reached. */
  const postCase = async (event: Event, ask: Ask, job: string, testers: readonly string[]) => {
    const unreached: { person: string; why: Unreached }[] = []
    for (const person of testers) {
      if ((await messages.find(`${caseKey(ask.id)}${person}`))?.state === 'posted') continue
      const drawn = await draw(ask.id, person)
      const why = drawn && (await post(event, job, `${caseKey(ask.id)}${person}`, person, drawn.card))
      if (why) unreached.push({ person, why })
    }
    return unreached
  }
  return {
    async ask(event, id) {
      const ask = await reader.findAsk(id)
      if (ask?.job == null) return
      const roles = listAnswerers(ask)
      const testers = await testersOf(roles)
      const people = await postCase(event, ask, ask.job, testers)
      const empty = testers.length === 0 ? roles : []
      if (people.length > 0 || empty.length > 0) await of.onUnreached(ask.job, { people, roles: empty })
    },
    redraw,
    async settle(incident, job) {
      for (const message of await messages.list(incident, 'case:')) if (message.job === job) review(message)
    },
    async remind(event, job) {
      const view = await reader.viewJob(job)
      const asks = view ? listWaitingCases(view) : []
      const [first] = asks
      if (!view || !first) return
      const all = view.asks.filter((one) => isCaseOpen(view, one)).length
      for (const person of await testersOf(listAnswerers(first))) {
        const left = asks.filter((one) => !hasJudged(one, of.plan().people, person))
        if (left.length === 0) continue
        // Whoever could not be reached before, or is a tester only now, has no case above.
        for (const one of left) await postCase(event, one, job, [person])
        const card = buildLineCard(`⏳ ${left.length} of ${all} cases of ${job} still wait for you, above`)
        await post(event, job, `event:${event.incident}:${event.no}:dm:${person}`, person, card)
      }
    },
    review,
  }
}
