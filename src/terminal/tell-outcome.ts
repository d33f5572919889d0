import type { Event } from '../domain/events.ts'
import type { Json } from '../domain/json.ts'
import type { StoreReader } from '../ports/reader.ts'
import { exits, type TerminalDocument } from './documents.ts'
import type { LiveCards } from './live-cards.ts'
import { follow, type Subject, type Watch, type Watched } from './watch.ts'
import { watchJob } from './watch-job.ts'
import { aboutRun, watchRun } from './watch-run.ts'

/** What somebody's words led to, and how it is to be told. */
export interface ToTell extends Omit<Watch, 'describe'> {
  readonly store: StoreReader
  readonly cards: LiveCards
  /** Events that the words led to, in order. */
  readonly mine: readonly Event[]
  readonly describeEvent: (event: Event) => string | null
  /** False: only that it was heard. */
  readonly watched: boolean
  /** What is watched although nothing moved it: the incident that was looked at. */
  readonly besides?: { readonly subject: Subject; readonly after: number } | null
}

/** Tells the events and watches what they set in motion. Answers the document that ends it all. */
export async function tellOutcome(of: ToTell): Promise<TerminalDocument & { readonly type: 'end' }> {
  const describe = (event: Event) => toDocument(event, of.describeEvent)
  const moved = listMoved(of)
  if (!of.watched) {
    for (const event of of.mine) of.tell(describe(event))
    const looks = await Promise.all(moved.map(async ({ subject }) => ({ id: subject.id, look: await subject.look() })))
    const jobs = looks.map(({ id, look }) => ({ job: id, state: look?.state ?? 'unknown' }))
    return { type: 'end', exit: exits.done, jobs }
  }
  const alone = of.mine.filter((event) => !moved.some(({ isAbout }) => isAbout(event)))
  for (const event of alone) of.tell(describe(event))
  const ended: (Watched & { job: string })[] = []
  for (const { subject, isAbout } of moved) {
    const first = of.mine.find(isAbout)?.no ?? 1
    ended.push({
      job: subject.id,
      ...(await follow({ ...of, describe, hear: of.cards.noteWorker }, subject, first - 1)),
    })
  }
  const { besides } = of
  if (besides) {
    ended.push({ job: besides.subject.id, ...(await follow({ ...of, describe }, besides.subject, besides.after)) })
  }
  const exit = Math.max(exits.done, ...ended.map((one) => one.exit))
  return { type: 'end', exit, jobs: ended.map(({ job, state }) => ({ job, state })) }
}

type Moved = { readonly subject: Subject; readonly isAbout: (event: Event) => boolean }

/** Runs and jobs that the words set in motion, each once. */
function listMoved({ store, cards, mine }: ToTell): Moved[] {
  const runs = new Set(mine.flatMap((event) => (event.job === null ? (aboutRun(event.data) ?? []) : [])))
  const jobs = new Set(mine.flatMap(({ job }) => job ?? []))
  return [
    ...[...runs].map((run) => ({
      subject: watchRun(store, cards, run),
      isAbout: (event: Event) => event.job === null && aboutRun(event.data) === run,
    })),
    ...[...jobs].map((job) => ({
      subject: watchJob(store, cards, job),
      isAbout: (event: Event) => event.job === job,
    })),
  ]
}

function toDocument(event: Event, describe: ToTell['describeEvent']): TerminalDocument {
  const { incident, no, at, type, job, actor } = event
  const data = event.data as unknown as Json
  return { type: 'event', incident, no, at, event: type, job, actor, data, text: describe(event) }
}
