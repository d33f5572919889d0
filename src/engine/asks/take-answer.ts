import { type Answer, isAnswered } from '../../domain/ask.ts'
import type { AskTx } from '../../ports/asks.ts'

/**
 * Takes a person's answer to the question that is open about something: it is answered once enough people have. Call it
 * before the move that follows from the answer, which takes back what is still asked. Nothing where nobody was asked
 * yet, because no keeper was there: what the answer is about decides alone.
 */
export async function takeAnswer(tx: AskTx, subject: string, answer: Answer): Promise<void> {
  const ask = await tx.lockAsk(subject)
  if (!ask) return
  await tx.addAnswer(ask.id, answer)
  if (isAnswered({ ...ask, given: [...ask.given, answer] })) await tx.updateAsk(ask.id, { state: 'answered' })
}
