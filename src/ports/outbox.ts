import type { Card } from '../domain/card.ts'

/** An answer for everybody in an incident's thread that was given elsewhere. */
export interface ThreadAnswer {
  /** The request that it answers: each is told once. */
  readonly request: string
  readonly incident: number
  /** It belongs behind this event of the incident. */
  readonly afterNo: number
  readonly card: Card
  readonly file: { readonly name: string; readonly text: string } | null
}

/** Keeps such answers until the thread has them. */
export interface AnswerOutbox {
  put(answer: ThreadAnswer): Promise<void>
  /** Those that are not told yet and whose event is, oldest first, a few at a time. */
  listDue(): Promise<ThreadAnswer[]>
  markTold(request: string): Promise<void>
}
