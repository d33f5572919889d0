import type { Json } from '../domain/json.ts'
import type { Utterance } from '../domain/person.ts'
import type { StoreTx } from '../ports/store.ts'
import type { EngineDeps } from './deps.ts'

/** A job to wake after the transaction has committed, never before: a wakeup must find what it is about. */
export interface ToWake {
  readonly job: string
  readonly eventNo: number
  readonly worker: string | null
}

export interface MoveTx extends StoreTx {
  /** Remembers a job to wake once this has committed. */
  wakeLater(wake: ToWake): void
}

/**
 * One move: one transaction, and the wakeups that follow from it. With an utterance, the same request id has one
 * effect however often it is delivered; `read` gives the answer of the first to those who come later.
 */
export async function makeMove<T extends Json>(
  deps: EngineDeps,
  said: Utterance | null,
  work: (tx: MoveTx) => Promise<T>,
): Promise<T> {
  const wakes: ToWake[] = []
  const result = await deps.store.transaction(async (tx) => {
    // The transaction may be re-tried by its owner: what was collected in a failed try does not count.
    wakes.length = 0
    if (said) {
      const earlier = await tx.claimRequest(said.requestId)
      if (earlier) return earlier.answer as T
    }
    const answer = await work({ ...tx, wakeLater: (wake) => wakes.push(wake) })
    if (said) await tx.answerRequest(said.requestId, answer)
    return answer
  })
  for (const wake of wakes) await deps.wakeups.wake(wake)
  return result
}
