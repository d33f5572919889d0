import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Event } from '../domain/events.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { MessageStore } from '../ports/messages.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { Board } from './board.ts'
import { NotNow } from './post.ts'
import { type EventPublisher, jobKey, rootKey } from './publish-event.ts'

/** Slack as a projection of the journal: told in order, nothing twice, caught up after every kind of absence. */
export interface Publisher {
  start(): void
  /** There may be something new: called on a notification from the store. */
  nudge(): void
  stop(): Promise<void>
}

/** Without a nudge the store is asked so often. */
const POLL_MS = 500
/** A running job's card is drawn anew so often; with several jobs the budget of 40 a minute is shared. */
const TICK_MS = 2500
const SHARE_MS = 1500
/** Why a job waits can change without an event; an edit happens only if it did. */
const WAITING_TICK_MS = 5_000
/** The time left on a root message is in minutes. */
const ROOT_TICK_MS = 60_000
/** After a bot was killed another one speaks within this time. */
const LEASE_MS = 4_000
/** An event that cannot be drawn is tried so often. */
const TRIES = 3
/** Answers from terminals are looked for so often; apart from events, because sharing a file may take long. */
const IDLE_MS = 1_000
/** Whether the heads of journals are to be anchored is looked at so often, and at each nudge. */
const ANCHOR_MS = 5_000
/** Incidents closed for longer are not looked at again after a restart. */
const REVIEW_CLOSED_MS = 86_400_000

export function createPublisher(of: {
  readonly reader: StoreReader
  readonly messages: MessageStore
  readonly events: EventPublisher
  readonly board: Board
  /** Tells what was answered elsewhere, behind the events that led to it. Throws NotNow. */
  readonly tellAnswers?: (() => Promise<void>) | undefined
  /** Posts the heads of journals where the plan says. Throws NotNow. */
  readonly postAnchors?: (() => Promise<void>) | undefined
  readonly clock: Clock
  readonly log: Log
}): Publisher {
  const { reader, messages, events, board, log } = of
  const owner = randomUUID()
  const pausedUntil = new Map<number, number>()
  const failures = new Map<number, number>()
  const wakers = new Set<() => void>()
  const now = () => of.clock.now().getTime()
  const isLeading = () => monotonicMs() < heldUntil
  let heldUntil = 0
  let reviewed = false
  let stopped = false
  let nudged = false
  let loops: Promise<void>[] = []

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        wakers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      wakers.add(wake)
      if (stopped) wake()
    })

  const tellIncident = async (incident: number): Promise<void> => {
    if ((pausedUntil.get(incident) ?? 0) > now()) return
    try {
      const position = await messages.position(incident)
      for (const event of await reader.listEvents(incident, position, 100)) {
        if (stopped || !isLeading()) return
        await events.tell(event).catch((error: unknown) => skipUntellable(incident, event, error))
        await messages.advance(incident, event.no)
        failures.delete(incident)
      }
    } catch (error) {
      const count = (failures.get(incident) ?? 0) + 1
      failures.set(incident, count)
      const asked = error instanceof NotNow ? error.ms : 0
      pausedUntil.set(incident, now() + Math.min(30_000, Math.max(asked, 250 * 2 ** Math.min(count, 5))))
      log.warn({ incident, why: String(error), waitMs: asked }, 'Slack cannot be told now')
    }
  }

  /** A turn of what is done apart from events, because it may take long. */
  const aside = (what: string, work: (() => Promise<void>) | undefined, everyMs: number) => {
    let notBefore = 0
    return async (): Promise<number> => {
      if (!work || !isLeading() || now() < notBefore) return everyMs
      try {
        await work()
        return everyMs
      } catch (error) {
        log.warn({ what, why: String(error) }, 'it cannot be told now')
        // A nudge ends a sleep early, but makes Slack no readier.
        const waitMs = Math.max(2 * everyMs, error instanceof NotNow ? error.ms : 0)
        notBefore = now() + waitMs
        return waitMs
      }
    }
  }

  /** An event that a fault of ours keeps from being drawn must not silence all that follow. */
  const skipUntellable = (incident: number, event: Event, error: unknown) => {
    const ours = error instanceof TypeError || error instanceof RangeError
    if (!ours || (failures.get(incident) ?? 0) < TRIES) throw error
    log.error({ incident, no: event.no, type: event.type, error: String(error) }, 'an event could not be told')
  }

  const reviewAll = async () => {
    for (const { number, state, closedAt } of await reader.listIncidents({})) {
      const old = state === 'closed' && closedAt !== null && now() - Date.parse(closedAt) > REVIEW_CLOSED_MS
      if (number > 0 && !old) await events.review(number)
    }
  }

  const tick = async () => {
    await events.reviewDeleted()
    const active = await reader.listActiveJobs()
    const running = active.filter(({ job }) => job.state === 'running')
    const every = Math.max(TICK_MS, running.length * SHARE_MS)
    for (const { job } of active) {
      const due = job.state === 'running' ? every : WAITING_TICK_MS
      if (now() - board.drawnAt(jobKey(job.id)) >= due) events.touchJob(job.id, false)
    }
    for (const { number } of await reader.listIncidents({ states: ['open', 'recovered'] }))
      if (number > 0 && now() - board.drawnAt(rootKey(number)) >= ROOT_TICK_MS) events.touchRoot(number, false)
  }

  /** Renewed apart from telling, which may take longer than the lease lasts. */
  const lead = async (): Promise<number> => {
    const asked = monotonicMs()
    try {
      if (await messages.holdLease(owner, LEASE_MS)) heldUntil = asked + LEASE_MS
    } finally {
      if (!isLeading()) reviewed = false
    }
    if (isLeading() && !reviewed) {
      await reviewAll()
      reviewed = true
    }
    return LEASE_MS / 4
  }

  const loop = async (name: string, turn: () => Promise<number>) => {
    while (!stopped) {
      const wait = await turn().catch((error: unknown) => {
        log.error({ loop: name, error: String(error) }, 'publishing stumbled')
        return 1000
      })
      // Even with more to do, timers and sockets get their turn.
      if (wait > 0 && !(name === 'tell' && nudged)) await sleep(wait)
      else await nextTurn()
    }
  }

  return {
    start() {
      const tell = async () => {
        nudged = false
        if (!isLeading()) return 100
        // All are awaited, whatever one of them does: no incident may be told twice at a time.
        await Promise.allSettled((await messages.listBehind()).map(tellIncident))
        return nudged ? 0 : POLL_MS
      }
      const draw = async () => (isLeading() ? Math.min(await board.runOnce(), 250) : 100)
      const keepTime = async () => {
        if (isLeading()) await tick()
        return 800
      }
      loops = [
        loop('lead', lead),
        loop('tell', tell),
        loop('draw', draw),
        loop('tick', keepTime),
        loop('answer', aside('an answer', of.tellAnswers, IDLE_MS)),
        loop('anchor', aside('an anchor', of.postAnchors, ANCHOR_MS)),
      ]
    },
    nudge() {
      nudged = true
      for (const wake of [...wakers]) wake()
    },
    async stop() {
      stopped = true
      for (const wake of [...wakers]) wake()
      await Promise.all(loops)
      if (isLeading()) await messages.holdLease(owner, 0).catch(() => false)
    },
  }
}

/** A clock that nobody can set, for the lease. */
function monotonicMs(): number {
  return performance.now()
}
