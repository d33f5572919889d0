import type { WebClient } from '@slack/web-api'
import type { Card } from '../domain/card.ts'
import { buildHomeCard, type HomeState } from '../domain/cards/home-card.ts'
import { threadWord } from '../domain/cards/within.ts'
import { hashText } from '../domain/digest.ts'
import type { Person } from '../domain/person.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { MessageStore } from '../ports/messages.ts'
import type { AddressOf } from './address.ts'
import { callSlack } from './call.ts'
import { drawHome } from './cards/draw-home.ts'
import type { Names } from './names.ts'
import { createPace } from './pace.ts'
import { linkCards, rootKey } from './publish-event.ts'

/** Reads what a person may see and do now. `seesChannel` throws when Slack does not say. */
export type ReadHome = (person: Person, seesChannel: (channel: string) => Promise<boolean>) => Promise<HomeState>

/** The Home tabs of the people who look at them. */
export interface Homes {
  start(): void
  /** Somebody opened theirs, by Slack user id. */
  open(user: string): void
  /** Somebody pressed a button on theirs: an answer that it still shows is over. After a restart it is kept again. */
  press(user: string): void
  /** Something may have changed. */
  nudge(): void
  /** Shows somebody the answer to what they pressed there, above all else, for a few minutes. */
  tell(user: string, answer: Card): void
  stop(): Promise<void>
}

/** Slack does not say when a Home is closed: it counts as looked at for so long. */
const LOOKED_AT_MS = 10 * 60_000
/** What changes without an event (progress, time left, an end of time) is looked for so often. */
const TICK_MS = 10_000
/** One person's Home is published at most so often. */
const APART_MS = 2_000
/** And read at most so often; nobody waits for one that is not looked at. */
const READ_APART_MS = 1_000
const READ_UNSEEN_MS = 10_000
const ANSWER_MS = 5 * 60_000
/** People who have not come back for so long are forgotten; opening it again makes it new. */
const FORGET_MS = 86_400_000
const IDLE_MS = 250
const RETRY_MS = 2_000
const RETRY_MOST_MS = 30_000
/** Tier 4 is 100 a minute; some is left for another bot process that keeps Homes as well. */
const PER_MINUTE = 80
const BURST = 10

interface Kept {
  openedAt: number
  /** When it is to be looked at next; infinity for not before something happens. */
  dueAt: number
  /** Not before: it was published, or failed, a moment ago. */
  notBefore: number
  failures: number
  shows: string
  waits: string
  answer: { readonly card: Card; readonly until: number } | null
}

/**
 * Keeps Homes true while they may be looked at. What is kept is only who looks; after a restart a Home is published
 * anew when it is opened, and its older buttons are judged like any others.
 */
export function createHomes(of: {
  readonly client: WebClient
  readonly readHome: ReadHome
  readonly identify: (user: string) => Person
  /** Members of a channel by Slack user id, at most a minute old. Throws when Slack does not say. */
  readonly membersOf: (channel: string) => Promise<readonly string[]>
  readonly messages: MessageStore
  readonly addressOf: AddressOf
  readonly names: Names
  readonly clock: Clock
  readonly log: Log
}): Homes {
  const { client, clock, log } = of
  const kept = new Map<string, Kept>()
  const pace = createPace(PER_MINUTE, BURST, clock)
  const now = () => clock.now().getTime()
  const isLookedAt = (one: Kept) => now() - one.openedAt < LOOKED_AT_MS
  let stopped = false
  let wake = () => {}
  let loop: Promise<void> = Promise.resolve()

  const keep = (user: string): Kept => {
    const known = kept.get(user)
    if (known) return known
    const fresh = { openedAt: 0, dueAt: 0, notBefore: 0, failures: 0, shows: '', waits: '', answer: null }
    kept.set(user, fresh)
    return fresh
  }

  const draw = async (user: string, one: Kept) => {
    const state = await of.readHome(of.identify(user), async (channel) => (await of.membersOf(channel)).includes(user))
    if (one.answer && one.answer.until <= now()) one.answer = null
    const card = buildHomeCard(state, clock.now(), one.answer?.card ?? null)
    const links = await linkThreads(of, state)
    const waits = state.roles.length === 0 ? '' : hashText(JSON.stringify(listWaiting(state)))
    return { ...drawHome(card, { ...of.names.privately(), links }), waits }
  }

  const publish = async (user: string, one: Kept): Promise<void> => {
    const { view, shows, waits } = await draw(user, one)
    // Nobody looks at it: only what waits for the person, or no longer does, is worth a call.
    const isNews = isLookedAt(one) ? shows !== one.shows : waits !== one.waits
    if (!isNews) return
    pace.take()
    const result = await callSlack(() => client.views.publish({ user_id: user, view }))
    one.notBefore = now() + APART_MS
    if (result.kind === 'ok') {
      Object.assign(one, { shows, waits, failures: 0 })
      return
    }
    if (result.kind === 'limited') pace.pause(result.retryAfterMs)
    log.warn({ user, outcome: result }, 'a Home could not be published')
    if (result.kind === 'refused') kept.delete(user)
    else retry(one)
  }

  const retry = (one: Kept) => {
    one.failures += 1
    one.dueAt = now()
    one.notBefore = now() + Math.min(RETRY_MOST_MS, RETRY_MS * one.failures)
  }

  const turn = async (): Promise<void> => {
    for (const [user, one] of [...kept]) {
      if (stopped || pace.wait() > 0) return
      if (now() - one.openedAt > FORGET_MS) kept.delete(user)
      else if (one.dueAt <= now() && one.notBefore <= now()) {
        one.dueAt = isLookedAt(one) ? now() + TICK_MS : Number.POSITIVE_INFINITY
        one.notBefore = now() + (isLookedAt(one) ? READ_APART_MS : READ_UNSEEN_MS)
        await publish(user, one).catch((error: unknown) => {
          log.warn({ user, error: String(error) }, 'a Home could not be drawn')
          retry(one)
        })
      }
    }
  }

  return {
    start() {
      loop = (async () => {
        while (!stopped) {
          await turn()
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, IDLE_MS)
            wake = () => {
              clearTimeout(timer)
              resolve()
            }
          })
        }
      })()
    },
    open(user) {
      Object.assign(keep(user), { openedAt: now(), dueAt: 0, shows: '', answer: null })
      wake()
    },
    press(user) {
      Object.assign(keep(user), { openedAt: now(), dueAt: 0, answer: null })
    },
    nudge() {
      for (const one of kept.values()) one.dueAt = 0
    },
    tell(user, card) {
      const one = keep(user)
      Object.assign(one, { openedAt: now(), dueAt: 0, shows: '', answer: { card, until: now() + ANSWER_MS } })
      wake()
    },
    async stop() {
      stopped = true
      wake()
      await loop
    },
  }
}

function listWaiting({ approvals, manuals, questions, cases }: HomeState) {
  return [
    approvals.map(({ approval }) => approval.digest),
    manuals.map(({ run, position }) => [run.run.id, position]),
    questions.map(({ job }) => [job.id, job.state]),
    cases.map(({ ask }) => ask.id),
  ]
}

/** Addresses of the threads and cards that a Home speaks of. */
async function linkThreads(
  of: { readonly messages: MessageStore; readonly addressOf: AddressOf },
  state: HomeState,
): Promise<ReadonlyMap<string, string>> {
  const numbers = new Set([
    ...state.approvals.map(({ approval }) => approval.incident),
    ...state.manuals.map(({ run }) => run.run.incident),
    ...state.questions.map(({ job }) => job.incident),
    ...state.incidents.map(({ view }) => view.incident.number),
  ])
  const links = new Map<string, string>()
  for (const number of numbers) {
    for (const [word, url] of await linkCards(of, number)) links.set(word, url)
    const root = await of.messages.find(rootKey(number))
    const url = root && (await of.addressOf(root))
    if (url) links.set(threadWord(number), url)
  }
  return links
}
