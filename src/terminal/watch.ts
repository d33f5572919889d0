import type { Card } from '../domain/card.ts'
import type { Event } from '../domain/events.ts'
import { isSameMessage } from '../domain/message.ts'
import { plainText } from '../domain/text.ts'
import { describeWaiting, type Waiting } from '../domain/waiting.ts'
import type { StoreReader } from '../ports/reader.ts'
import { exits, type TerminalDocument } from './documents.ts'

/** Milliseconds between two looks. */
const LOOK_MS = 400
/** A store that does not answer is asked for so long before the watching is given up. */
const PATIENCE_MS = 60_000
const PAGE = 200

/** Something that moves by itself and can be watched: a job, or a run of many. */
export interface Subject {
  /** As people call it: `restore-3`. */
  readonly id: string
  /** How it stands now; undefined where there is no such thing. */
  look(): Promise<Look | undefined>
}

/** One look at it, all from the same moment. */
export interface Look {
  readonly incident: number
  readonly state: string
  /** Why it does not move; null while it does. */
  readonly waitingFor: Waiting | null
  isAbout(event: Event): boolean
  card(): Promise<Card>
  /** The exit code where the watching ends; null while there is something to see. */
  judge(through: boolean): number | null
  /** What is shown last: how it ended, or what is asked of whom. `ending` is the newest event about it. */
  last(events: readonly Event[]): Promise<readonly Card[]>
}

export interface Watch {
  readonly store: Pick<StoreReader, 'listEvents'>
  readonly tell: (document: TerminalDocument) => void
  readonly describe: (event: Event) => TerminalDocument
  /** Hears each event about it before the next card is drawn. */
  readonly hear?: (event: Event) => void
  /** Cards while it moves, not only where it rests. */
  readonly live: boolean
  /** Goes on while it waits for somebody. */
  readonly through: boolean
  /** Ends the watching, never what is watched. */
  readonly signal: AbortSignal
}

/** How the watching ended, and how things stood then. */
export interface Watched {
  readonly exit: number
  readonly state: string
}

interface Seen {
  no: number
  card: string
  waiting: Waiting | null
  readonly events: Event[]
}

/** Tells what happens to it after event `after` of its incident, until it rests or waits for somebody. */
export async function follow(watch: Watch, subject: Subject, after: number): Promise<Watched> {
  const seen: Seen = { no: after, card: '', waiting: null, events: [] }
  let state = 'unknown'
  let answered = performance.now()
  while (!watch.signal.aborted) {
    try {
      const look = await subject.look()
      if (!look) return { exit: exits.failed, state }
      state = look.state
      const exit = await tellLook(watch, subject.id, look, seen)
      answered = performance.now()
      if (exit !== null) return { exit, state }
    } catch (error) {
      if (performance.now() - answered > PATIENCE_MS) {
        const text = `The store does not answer (${nameLoss(error)}). ${subject.id} goes on without being watched.`
        watch.tell({ type: 'note', text })
        return { exit: exits.lost, state }
      }
    }
    await sleep(LOOK_MS, watch.signal)
  }
  return { exit: exits.unwatched, state }
}

async function tellLook(watch: Watch, id: string, look: Look, seen: Seen): Promise<number | null> {
  // The events after the look: whatever led to it is then among them.
  await tellEvents(watch, look, seen)
  if (watch.live) await tellCard(watch, id, look, seen)
  else tellWaiting(watch, id, look, seen)
  const exit = look.judge(watch.through)
  if (exit === null) return null
  for (const card of await look.last(seen.events)) watch.tell({ type: 'card', about: id, live: false, card })
  return exit
}

async function tellEvents(watch: Watch, look: Look, seen: Seen): Promise<void> {
  for (;;) {
    const page = await watch.store.listEvents(look.incident, seen.no, PAGE)
    for (const event of page) {
      seen.no = event.no
      if (!look.isAbout(event)) continue
      seen.events.push(event)
      watch.hear?.(event)
      watch.tell(watch.describe(event))
    }
    if (page.length < PAGE) return
  }
}

async function tellCard(watch: Watch, id: string, look: Look, seen: Seen): Promise<void> {
  const card = await look.card()
  const drawn = JSON.stringify(card)
  if (drawn === seen.card) return
  seen.card = drawn
  watch.tell({ type: 'card', about: id, live: true, card })
}

/** Why it does not move is in no event, and whoever reads lines sees no card. */
function tellWaiting(watch: Watch, id: string, { waitingFor }: Look, seen: Seen): void {
  if (waitingFor !== null && !isSameMessage(waitingFor, seen.waiting)) {
    watch.tell({ type: 'note', text: `${id} waits: ${plainText(describeWaiting(waitingFor))}` })
  }
  seen.waiting = waitingFor
}

function nameLoss(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
}

/** By the global clock, which tests may turn; `timers/promises` has one of its own. */
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
