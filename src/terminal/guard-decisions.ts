import type { Card } from '../domain/card.ts'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Utterance } from '../domain/person.ts'
import type { Engine } from '../engine/engine.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { SecondFactor } from '../ports/second-factor.ts'
import type { LiveCards } from './live-cards.ts'

/** Which card is meant: by a button's digest, or by its typed code. */
interface Chosen {
  readonly job: string
  readonly digest?: string
  readonly code?: string
}

/** Asks for a one-time code while the card is shown; null where nobody can be asked or nobody answers. */
export type AskCode = (card: Card | null) => Promise<string | null>

/**
 * An engine that approves and rejects only with the person's one-time code: whoever sits down at an open session
 * must not be able to decide. Words without the code of a card are shown the card; the engine refuses them.
 */
export function guardDecisions(
  engine: Engine,
  of: {
    readonly factor: SecondFactor
    readonly store: Pick<StoreReader, 'viewJob'>
    readonly cards: Pick<LiveCards, 'approval'>
    /** The code that came with the words, if any. */
    readonly code: string | null
    readonly ask: AskCode
    /** Shows the card that is decided by words which brought their one-time code along, or no code of a card. */
    readonly show: (card: Card) => void
    /** Remembers that the card was before this person's eyes. */
    readonly seen: (card: Card, person: string) => Promise<void>
    readonly now: () => Date
  },
): Engine {
  const find = async (job: string): Promise<Card | null> => {
    const view = await of.store.viewJob(job)
    return (view && (await of.cards.approval(view))) ?? null
  }
  /** Null where nothing was confirmed because nothing can be decided by such words. */
  const confirm = async (said: Utterance, { job, digest, code: named }: Chosen): Promise<Utterance | null> => {
    const person = said.person.id
    const card = await find(job)
    const bare = digest === undefined && named === undefined
    if (card && (bare || of.code !== null)) of.show(card)
    const code = bare ? null : (of.code ?? (await of.ask(card)))
    if (card) await of.seen(card, person)
    if (bare) return null
    if (code === null) throw new SalvorError('totp_wanted')
    await of.factor.use(person, code)
    // Whoever was asked for their code read the card before they typed it; whoever brought it along did not.
    return of.code === null ? { ...said, at: of.now().toISOString() } : said
  }
  return {
    ...engine,
    approve: async (said, decision) => {
      const confirmed = await confirm(said, decision)
      return engine.approve(confirmed ?? said, confirmed ? { ...decision, factor: 'checked' } : decision)
    },
    approveAlone: async (said, decision) => {
      const confirmed = await confirm(said, decision)
      return engine.approveAlone(confirmed ?? said, confirmed ? { ...decision, factor: 'checked' } : decision)
    },
    reject: async (said, decision) => engine.reject((await confirm(said, decision)) ?? said, decision),
  }
}
