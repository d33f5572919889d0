import { setTimeout as wait } from 'node:timers/promises'

/** Deadlock and serialisation failure: the server rolled everything back, and the same again usually succeeds. */
const passing = new Set(['40P01', '40001'])
const tries = 6
const pauseMs = 20

/** Does a whole transaction again when the server gave it up for another's sake. What it collects must begin anew. */
export async function tryAgain<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (!passing.has(code) || attempt === tries) throw error
      await wait(pauseMs * attempt * (1 + Math.random()))
    }
  }
}
