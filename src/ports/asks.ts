import type { Answer, Ask, AskTerms } from '../domain/ask.ts'

/** Something that waits for a person whom nobody has asked yet. */
export type Unasked =
  | { readonly kind: 'manual'; readonly run: string; readonly subject: string }
  | { readonly kind: 'doubt'; readonly job: string; readonly subject: string }
  /** A job whose step waits for what people answer. */
  | { readonly kind: 'step'; readonly job: string; readonly subject: string }

/** Questions to people, inside one transaction: after run, job and incident were locked. */
export interface AskTx {
  /** Asks; undefined where the same is asked already. */
  putAsk(terms: AskTerms): Promise<Ask | undefined>
  /** The question that is open about something, locked. */
  lockAsk(subject: string): Promise<Ask | undefined>
  /** One more answer; the store refuses what does not fit the question. */
  addAnswer(ask: string, answer: Answer): Promise<void>
  updateAsk(id: string, patch: Partial<Pick<Ask, 'state' | 'reminders' | 'remindAt' | 'escalatedAt'>>): Promise<void>
}

/** Questions to people, as committed. */
export interface AskReader {
  findAsk(id: string): Promise<Ask | undefined>
  /** All of an incident, oldest first. */
  listAsks(incident: number): Promise<readonly Ask[]>
}
