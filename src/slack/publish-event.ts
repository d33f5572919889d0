import type { WebClient } from '@slack/web-api'
import { buildLineCard } from '../domain/cards/line-card.ts'
import type { Event } from '../domain/events.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import type { MessageStore, PostedMessage } from '../ports/messages.ts'
import type { AnswerOutbox } from '../ports/outbox.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { AddressOf } from './address.ts'
import type { Board } from './board.ts'
import type { LiveCards } from './draw-live.ts'
import { type Effect, listEffects } from './lines.ts'
import { reachDirectly } from './open-direct.ts'
import { findSlackId, type ResolveGroup } from './people.ts'
import type { Poster } from './post.ts'
import { createAskPublisher } from './publish-asks.ts'
import { createCasePublisher, type UnreachedPeople } from './publish-cases.ts'
import type { RunPublisher } from './publish-run.ts'
import { createOutcomeSettling } from './settle-outcomes.ts'

export const rootKey = (incident: number) => `root:${incident}`
export const jobKey = (job: string) => `job:${job}`

/** Messages that ring, at most, for one job; the last is kept for its outcome. */
const RINGS_PER_JOB = 3

export interface EventPublisher {
  /** Tells one event. Throws NotNow while Slack cannot take it; telling it again repeats nothing. */
  tell(event: Event): Promise<void>
  /** Marks every message of an incident, so that those that show old state are edited. */
  review(incident: number): Promise<void>
  /** Marks those that somebody deleted, so that what still matters comes back. */
  reviewDeleted(): Promise<void>
  /** Marks one job's card. */
  touchJob(job: string, urgent: boolean): void
  touchRoot(incident: number, urgent: boolean): void
}

export function createEventPublisher(of: {
  readonly client: WebClient
  readonly reader: StoreReader
  readonly messages: MessageStore
  readonly plan: () => RecoveryPlan
  readonly resolveGroup: ResolveGroup
  readonly live: LiveCards
  readonly addressOf: AddressOf
  readonly poster: Poster
  readonly board: Board
  readonly runs: RunPublisher
  /** Puts on record whom no message about a case reached. */
  readonly onUnreached: (job: string, of: UnreachedPeople) => Promise<void>
  /** Takes files that go with an outcome: sharing one takes long, and no event may wait for it. */
  readonly outbox?: AnswerOutbox | undefined
}): EventPublisher {
  const { reader, messages, live, poster, board } = of

  const settleOutcome = createOutcomeSettling({ reader, live, board })

  const touchRoot = (incident: number, urgent: boolean) =>
    board.touch(
      rootKey(incident),
      async () => {
        const card = await live.root(incident)
        return card && { card, notify: [], links: await linkCards(of, incident) }
      },
      urgent,
    )
  const touchJob = (job: string, urgent: boolean) =>
    board.touch(jobKey(job), async () => withoutRinging(await live.job(job)), urgent)

  /** The root message; null for an incident that has no channel to be told in. */
  const ensureRoot = async (incident: number): Promise<PostedMessage | null> => {
    const known = await messages.find(rootKey(incident))
    if (known?.state === 'posted' || known?.state === 'refused') return known
    const found = await reader.findIncident(incident)
    const channel = known?.channel ?? found?.channel ?? of.plan().channel
    const card = await live.root(incident)
    if (!channel || !card) return null
    return poster.post({ key: rootKey(incident), incident, channel, thread: null, job: null, card, notify: [] })
  }

  const mayRing = async (event: Event, isOutcome: boolean): Promise<boolean> => {
    const rang = (await messages.list(event.incident, '')).filter(
      (one) => one.job === event.job && one.notifies && !one.key.includes(':dm:'),
    )
    return rang.length < RINGS_PER_JOB - (isOutcome ? 0 : 1)
  }

  /** What was told of earlier ends of the job: their buttons go once it has gone on. */
  const settleOutcomes = async (incident: number, job: string): Promise<void> => {
    for (const message of await messages.list(incident, 'event:')) if (message.job === job) settleOutcome(message)
  }

  /** What a job that succeeded took back, or stands above, cannot be undone any more, or can again. */
  const reviewBelow = async (incident: number, by: string): Promise<void> => {
    for (const { job } of await live.below(by)) {
      touchJob(job.id, true)
      await settleOutcomes(job.incident, job.id)
    }
    // One that failed may have got its answer.
    for (const { job } of (await reader.viewIncident(incident))?.jobs ?? [])
      if (job.state === 'failed') touchJob(job.id, false)
  }

  const cases = createCasePublisher(of)
  const asks = createAskPublisher({ ...of, mayRing: (event) => mayRing(event, false) })

  const act = async (event: Event, effect: Effect, root: PostedMessage): Promise<void> => {
    const { incident, job } = event
    const reply = { incident, channel: root.channel, thread: root.ts, job }
    switch (effect.kind) {
      case 'root':
        return touchRoot(incident, true)
      case 'say': {
        const card = buildLineCard(effect.text)
        await poster.post({ ...reply, key: `event:${incident}:${event.no}`, card, notify: [] })
        return
      }
      case 'job': {
        const card = job === null ? undefined : await live.job(job)
        if (job === null || !card) return
        await of.runs.touchRunOf(job)
        const known = await messages.find(jobKey(job))
        if (known && known.state !== 'intended') return touchJob(job, true)
        await poster.post({ ...reply, key: jobKey(job), card, notify: [] })
        // A deleted card may be on its way back already, with what it showed a moment ago.
        if (known) touchJob(job, true)
        return
      }
      case 'settle_outcomes':
        return job === null ? undefined : settleOutcomes(incident, job)
      case 'settle_cases':
        return job === null ? undefined : cases.settle(incident, job)
      case 'below':
        return job === null ? undefined : reviewBelow(incident, job)
      case 'ask':
        return job === null ? undefined : asks.ask(event, job, effect.approval, root)
      case 'press':
        return job === null ? undefined : asks.press(event, job, effect, root)
      case 'case':
        return effect.news ? cases.ask(event, effect.ask) : cases.redraw(incident, effect.ask)
      case 'cases_wait':
        return cases.remind(event, effect.job)
      case 'requester': {
        const view = job === null ? undefined : await reader.viewJob(job)
        if (!view) return
        const { requester } = view.job
        const key = `event:${incident}:${event.no}`
        const known = await messages.find(key)
        const rings = known ? known.notifies : await mayRing(event, false)
        await poster.post({ ...reply, key, card: effect.build(view.job), notify: rings ? [requester] : [] })
        return
      }
      case 'handover': {
        const user = findSlackId(of.plan(), effect.to)
        const channel = user && (await reachDirectly(of.client, user))
        const card = channel && (await live.handover(incident))
        if (!card) return
        const where = { incident, job, channel, thread: null, direct: true }
        await poster.post({ ...where, key: `handover:${incident}:${event.no}`, card, notify: [] })
        return
      }
      case 'settle':
        return asks.settle(incident, effect.approval)
      case 'outcome': {
        const view = job === null ? undefined : await reader.viewJob(job)
        if (!view) return
        const key = `event:${incident}:${event.no}`
        const known = await messages.find(key)
        const rings = known ? known.notifies : await mayRing(event, true)
        // Told late, it may have been taken back already.
        const card = effect.build(view, await live.outcome(view))
        await poster.post({ ...reply, key, card, notify: rings ? [view.job.requester] : [] })
        const file = live.document(view)
        const line = file && buildLineCard(`📄 ${view.job.id}: ${file.name}`)
        if (line) await of.outbox?.put({ request: key, incident, afterNo: event.no, card: line, file })
        return
      }
      default:
        return of.runs.act(event, effect, root)
    }
  }

  const review = (message: PostedMessage): void => {
    const { key, job } = message
    of.runs.review(message)
    settleOutcome(message)
    if (job !== null && key === jobKey(job)) touchJob(job, false)
    asks.review(message)
    cases.review(message)
  }

  return {
    async tell(event) {
      if (event.type === 'step_started' && event.job) live.noteWorker(event.job, event.data.worker)
      const effects = listEffects(event)
      if (effects.length === 0) return
      const root = await ensureRoot(event.incident)
      if (root?.state !== 'posted') return
      for (const effect of effects) await act(event, effect, root)
    },
    async review(incident) {
      touchRoot(incident, false)
      for (const message of await messages.list(incident, '')) review(message)
    },
    async reviewDeleted() {
      for (const message of await messages.listDeleted()) {
        const { key, incident, job } = message
        if (key === rootKey(incident)) touchRoot(incident, true)
        // A line or an answer that was told once.
        else if (job === null || /^(?:answer|handover):/.test(key)) await messages.recordRefused(key)
        else review(message)
      }
    },
    touchJob,
    touchRoot,
  }
}

/** Addresses of the live cards of an incident, by the id of job or run. */
export async function linkCards(
  of: { messages: MessageStore; addressOf: AddressOf },
  incident: number,
): Promise<ReadonlyMap<string, string>> {
  const links = new Map<string, string>()
  for (const prefix of ['job:', 'run:']) {
    for (const message of await of.messages.list(incident, prefix)) {
      const url = await of.addressOf(message)
      if (message.job !== null && url !== null) links.set(message.job, url)
    }
  }
  return links
}

function withoutRinging<T>(card: T | undefined) {
  return card && { card, notify: [] }
}
