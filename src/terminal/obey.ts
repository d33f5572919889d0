import { randomUUID } from 'node:crypto'
import type { Card } from '../domain/card.ts'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Event } from '../domain/events.ts'
import type { Json } from '../domain/json.ts'
import type { Person, Utterance } from '../domain/person.ts'
import type { Answer } from '../engine/define-command.ts'
import { buildAnswerToError } from '../engine/say/answer-error.ts'
import type { SayDeps } from '../engine/say/deps.ts'
import { normalise } from '../engine/say/normalise.ts'
import { runWords } from '../engine/say/run-words.ts'
import type { AnswerOutbox } from '../ports/outbox.ts'
import type { SecondFactor } from '../ports/second-factor.ts'
import { exits, type TerminalDocument } from './documents.ts'
import { followJob, type Watched } from './follow-job.ts'
import { guardDecisions } from './guard-decisions.ts'
import { identifyOsUser, type OsUser } from './identify.ts'
import { createLiveCards } from './live-cards.ts'
import type { TerminalOptions } from './options.ts'

/** What it takes to act on words from a terminal, here or at the other end of a socket. */
export interface ObeyDeps {
  readonly say: SayDeps
  /** One line for an event, or null; may carry marks. */
  readonly describeEvent: (event: Event) => string | null
  readonly factor: SecondFactor
  /** Where answers for everybody wait for the thread. */
  readonly outbox: AnswerOutbox
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
    return end(order.tell, usageErrors.includes(refused) ? exits.usage : exits.failed, [])
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
      const data = { words: normalise(options.words).slice(0, 500), code: thrown.code, said: thrown.message }
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
  const { options, tell } = order
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
  })
  const answer = await runWords({ ...say, engine }, said, options.words)
  if (answer.kind !== 'quiet') {
    const refused = (answer.kind === 'private' && answer.refused) || null
    const file = (answer.kind === 'thread' && answer.file) || null
    tell({ type: 'answer', card: answer.card, refused, file })
    if (refused !== null) return end(tell, usageErrors.includes(refused) ? exits.usage : exits.failed, [])
  }
  const mine = (await readSince(say, heads)).filter((event) => event.actor === person.id && event.type !== 'refused')
  if (answer.kind === 'thread') await passOn(deps, said.requestId, answer, mine)
  return watchAll(deps, order, mine)
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

async function watchAll(deps: ObeyDeps, order: Order, mine: readonly Event[]): Promise<number> {
  const { options, tell } = order
  const describe = (event: Event) => toDocument(event, deps.describeEvent)
  const jobs = [...new Set(mine.flatMap(({ job }) => (job === null ? [] : [job])))]
  const followed = options.follow === 'no' ? [] : jobs
  for (const event of mine) if (event.job === null || !followed.includes(event.job)) tell(describe(event))
  const watched: (Watched & { job: string })[] = []
  const { store } = deps.say
  for (const job of followed) {
    const after = Math.min(...mine.filter((event) => event.job === job).map(({ no }) => no)) - 1
    const watch = { store, cards: createLiveCards(deps.say), tell, describe, live: order.live }
    const through = options.follow === 'through'
    watched.push({ job, ...(await followJob({ ...watch, through, signal: order.signal }, job, after)) })
  }
  const worst = watched.reduce((exit, one) => Math.max(exit, one.exit), exits.done as number)
  if (followed.length > 0)
    return end(
      tell,
      worst,
      watched.map(({ job, state }) => ({ job, state })),
    )
  const views = await Promise.all(jobs.map((job) => store.viewJob(job)))
  return end(
    tell,
    worst,
    views.flatMap((view) => (view ? [{ job: view.job.id, state: view.job.state }] : [])),
  )
}

function end(tell: Order['tell'], exit: number, jobs: readonly { job: string; state: string }[]): number {
  tell({ type: 'end', exit, jobs })
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

function toDocument(event: Event, describe: ObeyDeps['describeEvent']): TerminalDocument {
  const { incident, no, at, type, job, actor } = event
  const data = event.data as unknown as Json
  return { type: 'event', incident, no, at, event: type, job, actor, data, text: describe(event) }
}
