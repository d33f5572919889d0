import { randomUUID } from 'node:crypto'
import type { Card } from '../domain/card.ts'
import { messageOf } from '../domain/errors/error-message.ts'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Event } from '../domain/events.ts'
import type { Person, Utterance } from '../domain/person.ts'
import type { Answer } from '../engine/define-command.ts'
import { buildAnswerToError } from '../engine/say/answer-error.ts'
import type { SayDeps } from '../engine/say/deps.ts'
import { normalise } from '../engine/say/normalise.ts'
import { runWords } from '../engine/say/run-words.ts'
import type { AnswerOutbox } from '../ports/outbox.ts'
import type { SecondFactor } from '../ports/second-factor.ts'
import type { ShownCards } from '../ports/shown-cards.ts'
import { exits, type TerminalDocument } from './documents.ts'
import { guardDecisions } from './guard-decisions.ts'
import { identifyOsUser, type OsUser } from './identify.ts'
import { createLiveCards } from './live-cards.ts'
import type { TerminalOptions } from './options.ts'
import { tellOutcome } from './tell-outcome.ts'
import { findWatched } from './watch-incident.ts'

/** What it takes to act on words from a terminal, here or at the other end of a socket. */
export interface ObeyDeps {
  readonly say: SayDeps
  /** One line for an event, or null; may carry marks. */
  readonly describeEvent: (event: Event) => string | null
  readonly factor: SecondFactor
  /** Where answers for everybody wait for the thread. */
  readonly outbox: AnswerOutbox
  /** Which cards were shown here, and to whom. */
  readonly shown: ShownCards
}

/** What was typed, by whom, and where the answers go. */
export interface Order {
  /** As the machine knows them; who they are is for the plan to say. */
  readonly user: OsUser
  readonly options: TerminalOptions
  /** Live cards are wanted: somebody looks on. */
  readonly live: boolean
  readonly signal: AbortSignal
  readonly tell: (document: TerminalDocument) => void
  /** Asks a person for a one-time code where the words brought none. */
  readonly ask: (card: Card | null, person: string) => Promise<string | null>
}

/** Errors of the words themselves, as against refusals of what they mean. */
const usageErrors = ['command_unknown', 'command_usage', 'system_unknown', 'system_kind', 'time_unreadable']

/** Runs words, tells what they led to, and watches the jobs that they moved. Answers the exit code; never throws. */
export async function obey(deps: ObeyDeps, order: Order): Promise<number> {
  try {
    return await actOn(deps, order, await meet(deps.say, order))
  } catch (thrown) {
    if (!(thrown instanceof SalvorError)) deps.say.log.error({ err: thrown }, 'words at a terminal failed')
    const refused = thrown instanceof SalvorError ? thrown.code : 'unexpected'
    order.tell({ type: 'answer', card: buildAnswerToError(thrown), refused, file: null })
    return refuse(order.tell, refused)
  }
}

/** Whose account it is; that it is nobody's goes into the journal `system`. */
async function meet(say: SayDeps, { user, options }: Order): Promise<Person> {
  try {
    return identifyOsUser(await say.plans.inForce(), user)
  } catch (thrown) {
    if (thrown instanceof SalvorError) {
      const os = user.name ?? String(user.uid)
      const said = utter(say, { id: `os:${os}`, slack: null, os })
      const data = { words: normalise(options.words).slice(0, 500), ...messageOf(thrown) }
      await say.engine.recordRefusal(said, null, data).catch(() => {})
    }
    throw thrown
  }
}

function utter(say: SayDeps, person: Person): Utterance {
  const at = say.clock.now().toISOString()
  return { requestId: `terminal:${randomUUID()}`, person, via: 'terminal', channel: null, thread: null, at }
}

async function actOn(deps: ObeyDeps, order: Order, person: Person): Promise<number> {
  const { say } = deps
  const { options } = order
  const seen = watchShown(deps)
  const tell: Order['tell'] = (document) => {
    order.tell(document)
    if (document.type === 'card') void seen(document.card, person.id)
  }
  const plan = await say.plans.inForce()
  tell({ type: 'start', person: person.id, timezone: plan.timezone })
  const heads = await readHeads(say)
  const said = utter(say, person)
  const { factor } = deps
  const { store } = say
  const cards = createLiveCards(say)
  const engine = guardDecisions(say.engine, {
    factor,
    store,
    cards,
    code: options.code,
    ask: (card) => order.ask(card, person.id),
    show: (card) => order.tell({ type: 'card', about: 'approval', live: false, card }),
    seen,
    now: () => say.clock.now(),
  })
  const answer = await runWords({ ...say, engine }, said, options.words)
  if (answer.kind !== 'quiet') {
    const refused = (answer.kind === 'private' && answer.refused) || null
    tell({ type: 'answer', card: answer.card, refused, file: answer.file ?? null })
    if (refused !== null) return refuse(tell, refused)
    if (answer.kind === 'private' && answer.bad) return refuse(tell, '')
  }
  const mine = (await readSince(say, heads)).filter((event) => event.actor === person.id && event.type !== 'refused')
  if (answer.kind === 'thread') await passOn(deps, said.requestId, answer, mine)
  const { describeEvent } = deps
  const { live, signal } = order
  const [watched, through] = [options.follow !== 'no', options.follow === 'through']
  const besides = through && mine.length === 0 ? await findWatched(say, said, options.words) : null
  const last = await tellOutcome({ store, cards, mine, describeEvent, watched, through, live, signal, tell, besides })
  tell(last)
  return last.exit
}

/** Remembers each card that asks for a decision as shown. That it cannot be remembered keeps no card from being shown. */
function watchShown({ say, shown }: ObeyDeps): (card: Card, person: string) => Promise<void> {
  return async (card, person) => {
    const asks = card.buttons.find(({ verb, approval }) => verb === 'Approve' && approval !== undefined)?.approval
    if (!asks) return
    await shown
      .record(asks.id, person, say.clock.now().toISOString())
      .catch((error) => say.log.warn({ err: error }, 'that a card was shown could not be kept'))
  }
}

/** What everybody is to see belongs into the thread, where the incident has one, behind what led to it. */
async function passOn(
  { say, outbox }: ObeyDeps,
  request: string,
  { card, file }: Extract<Answer, { kind: 'thread' }>,
  mine: readonly Event[],
): Promise<void> {
  const last = mine.at(-1)
  const open = last ? [] : await say.store.listIncidents({ states: ['open', 'recovered'] })
  const only = open.length === 1 ? open[0] : undefined
  const place = last
    ? { incident: last.incident, afterNo: last.no }
    : only && { incident: only.number, afterNo: only.headNo }
  if (place) await outbox.put({ request, ...place, card, file: file ?? null })
}

/** Nothing was begun. */
function refuse(tell: Order['tell'], code: string): number {
  const exit = usageErrors.includes(code) ? exits.usage : exits.failed
  tell({ type: 'end', exit, jobs: [] })
  return exit
}

/** The newest event of each incident, before the words are obeyed: what comes after it may be theirs. */
async function readHeads({ store }: SayDeps): Promise<Map<number, number>> {
  const incidents = await store.listIncidents({})
  return new Map(incidents.map(({ number, headNo }) => [number, headNo]))
}

async function readSince({ store }: SayDeps, heads: ReadonlyMap<number, number>): Promise<Event[]> {
  const incidents = (await store.listIncidents({})).filter(({ number }) => number > 0)
  const moved = incidents.filter(({ number, headNo }) => headNo > (heads.get(number) ?? 0))
  const pages = await Promise.all(moved.map(({ number }) => store.listEvents(number, heads.get(number) ?? 0, 1000)))
  return pages.flat()
}
