import { buildLineCard } from '../domain/cards/line-card.ts'
import { buildManualCard, buildRunCard, nameDoers } from '../domain/cards/run-card.ts'
import type { Event } from '../domain/events.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import { listDoers } from '../domain/run.ts'
import { markPerson } from '../domain/text.ts'
import type { MessageStore, PostedMessage } from '../ports/messages.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { Board } from './board.ts'
import type { Effect } from './lines.ts'
import { listRoleHolders, type ResolveGroup } from './people.ts'
import type { Poster } from './post.ts'

const runKey = (run: string) => `run:${run}`
const manualKey = (run: string, step: number) => `manual:${run}/${step}`

/** Messages that ring, at most, for one step of a run or for the run itself. */
const RINGS = 3

/** What events do to the cards of runs. */
export type RunEffect = Extract<Effect, { kind: 'run' | 'manual' | 'call' | 'run_end' }>

export interface RunPublisher {
  act(event: Event, effect: RunEffect, root: PostedMessage): Promise<void>
  /** Marks the card of the run that a job belongs to, if it belongs to one. */
  touchRunOf(job: string): Promise<void>
  /** Marks one message of an incident if it is a run's. */
  review(message: PostedMessage): void
}

/** Draws runs: one live card each, one card for each manual step, and lines that call people. */
export function createRunPublisher(of: {
  readonly reader: StoreReader
  readonly messages: MessageStore
  readonly plan: () => RecoveryPlan
  readonly resolveGroup: ResolveGroup
  readonly poster: Poster
  readonly board: Board
}): RunPublisher {
  const { reader, messages, poster, board } = of
  const peopleOf = (roles: readonly string[]) => listRoleHolders(of.plan(), roles, of.resolveGroup)

  const drawRun = async (run: string) => {
    const view = await reader.viewRun(run)
    return view && buildRunCard(view, { people: await nameDoers([view], peopleOf) })
  }
  const drawManual = async (run: string, step: number) => {
    const view = await reader.viewRun(run)
    const found = view?.steps.find((one) => one.position === step)
    if (!view || !found) return undefined
    const people = await peopleOf(listDoers(view, found))
    const card = buildManualCard(view, step, people)
    return { card, people, open: card.buttons.length > 0 }
  }
  const touchRun = (run: string, urgent: boolean) =>
    board.touch(
      runKey(run),
      async () => {
        const card = await drawRun(run)
        return card && { card, notify: [] }
      },
      urgent,
    )
  const touchManual = (run: string, step: number, rings: boolean) =>
    board.touch(
      manualKey(run, step),
      async () => {
        const drawn = await drawManual(run, step)
        return drawn && { card: drawn.card, notify: rings && drawn.open ? drawn.people : [] }
      },
      true,
    )

  const mayRing = async (incident: number, about: string, keep: number): Promise<boolean> => {
    const rang = (await messages.list(incident, '')).filter((one) => one.job === about && one.notifies)
    return rang.length < RINGS - keep
  }

  /** Whoever started the run that an event is about: nobody is called for what they do themselves. */
  const findRequester = async ({ data }: Event): Promise<string | undefined> => {
    const view = 'run' in data ? await reader.viewRun(data.run) : undefined
    return view?.run.requester
  }

  /** Cards of manual steps lose or gain their button with the state of the run. */
  const touchManuals = async (incident: number, run: string) => {
    for (const { key, notifies } of await messages.list(incident, `manual:${run}/`))
      touchManual(run, Number(key.slice(key.lastIndexOf('/') + 1)), notifies)
  }

  return {
    async act(event, effect, root) {
      const { incident } = event
      const reply = { incident, channel: root.channel, thread: root.ts }
      const lineKey = `event:${incident}:${event.no}`
      switch (effect.kind) {
        case 'run': {
          const known = await messages.find(runKey(effect.run))
          await touchManuals(incident, effect.run)
          if (known && known.state !== 'intended') return touchRun(effect.run, true)
          const card = await drawRun(effect.run)
          if (card) await poster.post({ ...reply, key: runKey(effect.run), job: effect.run, card, notify: [] })
          // It may be on its way back already, with what it showed a moment ago; so may a manual step's below.
          if (known) touchRun(effect.run, true)
          return
        }
        case 'manual': {
          const key = manualKey(effect.run, effect.step)
          const known = await messages.find(key)
          if (known && known.state !== 'intended') return touchManual(effect.run, effect.step, known.notifies)
          const drawn = await drawManual(effect.run, effect.step)
          if (!drawn) return
          const rings = known ? known.notifies : drawn.open
          const about = `${effect.run}/${effect.step}`
          await poster.post({ ...reply, key, job: about, card: drawn.card, notify: rings ? drawn.people : [] })
          if (known) touchManual(effect.run, effect.step, known.notifies)
          return
        }
        case 'call': {
          const { about, roles, text } = effect
          const requester = await findRequester(event)
          const known = await messages.find(lineKey)
          const others = (await peopleOf(roles)).filter((person) => person !== requester)
          const rings = known ? known.notifies : await mayRing(incident, about, 1)
          // The job's own card tells everybody else; a line that calls nobody would only be in the way.
          if (!known && others.length === 0) return
          const card = buildLineCard(`${others.map(markPerson).join(' ')} ${text}`)
          await poster.post({ ...reply, key: lineKey, job: about, card, notify: rings ? others : [] })
          return
        }
        case 'run_end': {
          const view = await reader.viewRun(effect.run)
          const known = await messages.find(lineKey)
          const rings = known ? known.notifies : await mayRing(incident, effect.run, 0)
          if (!view) return
          const { requester } = view.run
          const card = buildLineCard(`${markPerson(requester)} ${effect.text}`)
          await poster.post({ ...reply, key: lineKey, job: effect.run, card, notify: rings ? [requester] : [] })
        }
      }
    },
    async touchRunOf(job) {
      const run = await reader.findRunOf(job)
      if (run !== undefined) touchRun(run, true)
    },
    review({ key, notifies }) {
      const manual = /^manual:(.+)\/(\d+)$/.exec(key)
      if (manual) touchManual(manual[1] ?? '', Number(manual[2]), notifies)
      else if (key.startsWith('run:')) touchRun(key.slice('run:'.length), false)
    },
  }
}
