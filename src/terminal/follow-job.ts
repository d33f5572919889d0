import type { Card } from '../domain/card.ts'
import type { Event } from '../domain/events.ts'
import { isResting, type JobState } from '../domain/job.ts'
import { plainText } from '../domain/text.ts'
import type { JobView } from '../domain/view.ts'
import type { StoreReader } from '../ports/reader.ts'
import { exits, type TerminalDocument } from './documents.ts'
import type { LiveCards } from './live-cards.ts'

/** Milliseconds between two looks at a job. */
const LOOK_MS = 400
/** A store that does not answer is asked for so long before the watching is given up. */
const PATIENCE_MS = 60_000
const PAGE = 200

export interface Watch {
  readonly store: Pick<StoreReader, 'viewJob' | 'listEvents'>
  readonly cards: LiveCards
  readonly tell: (document: TerminalDocument) => void
  readonly describe: (event: Event) => TerminalDocument
  /** Cards while it moves, not only where it rests. */
  readonly live: boolean
  /** Goes on while it waits for somebody. */
  readonly through: boolean
  /** Ends the watching, never the job. */
  readonly signal: AbortSignal
}

/** How the watching ended, and where the job stood then. */
export interface Watched {
  readonly exit: number
  readonly state: JobState | 'unknown'
}

/** Tells what happens to a job after event `after` of its incident, until it rests or waits for somebody. */
export async function followJob(watch: Watch, job: string, after: number): Promise<Watched> {
  const seen = { no: after, card: '', waiting: null as string | null, ending: undefined as Event | undefined }
  let state: Watched['state'] = 'unknown'
  let lastAnswer = performance.now()
  while (!watch.signal.aborted) {
    try {
      const view = await watch.store.viewJob(job)
      if (!view) return { exit: exits.failed, state }
      state = view.job.state
      // The events after the state: whatever led to it is then among them.
      await tellEvents(watch, view, seen)
      lastAnswer = performance.now()
      if (watch.live) await tellCard(watch, view, seen)
      else tellWaiting(watch, view, seen)
      const exit = judge(view, watch.through)
      if (exit !== null) {
        const last = await drawLast(watch, view, seen.ending)
        if (last) watch.tell({ type: 'card', about: job, live: false, card: last })
        return { exit, state }
      }
    } catch (error) {
      if (performance.now() - lastAnswer > PATIENCE_MS) {
        watch.tell({
          type: 'note',
          text: `The store does not answer (${describeLoss(error)}). ${job} goes on without being watched.`,
        })
        return { exit: exits.lost, state }
      }
    }
    await sleep(LOOK_MS, watch.signal)
  }
  return { exit: exits.unwatched, state }
}

type Seen = { no: number; card: string; waiting: string | null; ending: Event | undefined }

async function tellEvents(watch: Watch, view: JobView, seen: Seen): Promise<void> {
  for (;;) {
    const page = await watch.store.listEvents(view.job.incident, seen.no, PAGE)
    for (const event of page) {
      seen.no = event.no
      if (event.job !== view.job.id) continue
      if (/^job_(succeeded|failed|stopped|rejected|needs_person)$/.test(event.type)) seen.ending = event
      watch.tell(watch.describe(event))
    }
    if (page.length < PAGE) return
  }
}

async function tellCard(watch: Watch, view: JobView, seen: Seen): Promise<void> {
  const card = await watch.cards.job(view)
  const drawn = JSON.stringify(card)
  if (drawn === seen.card) return
  seen.card = drawn
  watch.tell({ type: 'card', about: view.job.id, live: true, card })
}

/** Why it does not move is in no event, and whoever reads lines sees no card. */
function tellWaiting(watch: Watch, view: JobView, seen: Seen): void {
  const { id, waitingFor, state } = view.job
  if (waitingFor !== seen.waiting && waitingFor !== null && state !== 'awaiting_approval') {
    watch.tell({ type: 'note', text: `${id} waits: ${plainText(waitingFor)}` })
  }
  seen.waiting = waitingFor
}

/** The exit code where watching ends; null while there is something to watch. */
function judge({ job }: JobView, through: boolean): number | null {
  if (isResting(job.state)) {
    if (job.cleanUpRequestedBy !== null) return null
    return job.state === 'succeeded' ? exits.done : exits.failed
  }
  const waits = ['awaiting_approval', 'awaiting_person', 'needs_person'].includes(job.state)
  return waits && !through && job.stopRequestedAt === null ? exits.waits : null
}

async function drawLast(watch: Watch, view: JobView, ending: Event | undefined): Promise<Card | undefined> {
  if (view.job.state === 'awaiting_approval') return watch.cards.approval(view)
  return watch.cards.outcome(view, ending) ?? (watch.live ? undefined : watch.cards.job(view))
}

function describeLoss(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code || 'no answer'
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}
