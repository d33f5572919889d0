import type { Card } from '../domain/card.ts'
import { SalvorError } from '../domain/errors/fail.ts'
import { findOpenApproval } from '../domain/view.ts'
import type { Engine } from '../engine/engine.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { SecondFactor } from '../ports/second-factor.ts'
import type { LiveCards } from './live-cards.ts'

/** Asks for a one-time code while the card is shown; null where nobody can be asked or nobody answers. */
export type AskCode = (card: Card | null) => Promise<string | null>

/**
 * An engine that approves and rejects only with the person's one-time code: whoever sits down at an open session
 * must not be able to decide. Without a code on the card that was typed, exactly what is shown here is decided.
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
    /** Shows the card that is decided by words which brought their code along. */
    readonly show: (card: Card) => void
  },
): Engine {
  const find = async (job: string) => {
    const view = await of.store.viewJob(job)
    const open = view && findOpenApproval(view)
    const card = view && (await of.cards.approval(view))
    return { card: card ?? null, digest: open?.state === 'asked' ? open.digest : undefined }
  }
  const confirm = async <T extends Parameters<Engine['approve']>[1]>(person: string, decision: T): Promise<T> => {
    const { card, digest } = await find(decision.job)
    if (of.code !== null && card) of.show(card)
    const code = of.code ?? (await of.ask(card))
    if (code === null) throw new SalvorError('totp_wanted')
    await of.factor.use(person, code)
    // Who brought the code along has not read this card first: then it counts only if it was there before the words.
    const named = decision.digest !== undefined || decision.code !== undefined || of.code !== null
    return named || digest === undefined ? decision : { ...decision, digest }
  }
  return {
    ...engine,
    approve: async (said, decision) =>
      engine.approve(said, { ...(await confirm(said.person.id, decision)), factor: 'checked' }),
    approveAlone: async (said, decision) =>
      engine.approveAlone(said, { ...(await confirm(said.person.id, decision)), factor: 'checked' }),
    reject: async (said, decision) => engine.reject(said, await confirm(said.person.id, decision)),
  }
}
