import { hostname } from 'node:os'
import { SalvorError } from './domain/errors/fail.ts'
import type { Log } from './ports/log.ts'
import type { WorkerBook } from './ports/workers.ts'
import { type HeldKey, holdKey } from './postgres/held-key.ts'

const aliveEveryMs = 2_000

/** Whether this process is the worker of its name, and says so. */
export interface Presence {
  /** Null while it is; else why it may not work, in words. */
  problem(): string | null
  stop(): Promise<void>
}

/**
 * Holds a worker's name, one process at a time, and tells the store each two seconds that it is alive. A second process
 * under the same name waits and says who holds it; when that one ends, however it ends, it takes over. Throws
 * `worker_role` at the start where the store refuses this login for that name.
 */
export async function keepPresence(of: {
  readonly name: string
  readonly url: string
  readonly book: WorkerBook
  readonly planDigest: () => Promise<string>
  readonly log: Log
}): Promise<Presence> {
  const { name, url, book, log } = of
  const key = `salvor worker ${name}`
  const process_ = `${hostname()}:${process.pid}`
  let held: HeldKey | undefined
  let problem: string | null = 'the worker has not taken its name yet'
  const look = async () => {
    if (held) return
    const mine = await holdKey(url, key, `salvor:worker:${name}`, log)
    if (mine) {
      held = mine
      problem = null
      mine.onLost(() => {
        held = undefined
        problem = 'the session that holds the name of the worker was lost'
      })
      return
    }
    const { pid = 0, role = 'unknown', application = 'unknown' } = (await book.findHolder(key)) ?? {}
    problem = new SalvorError('worker_taken', { worker: name, pid, role, application }).message
    log.error({ worker: name, pid, role, application }, 'another process holds the name of this worker')
  }
  const tell = async () => {
    await look()
    if (held) await book.sayAlive(name, process_, await of.planDigest())
  }
  let telling = tell().catch((error: unknown) => {
    if (isRefusal(error)) throw new SalvorError('worker_role', { worker: name, said: error.message }, { cause: error })
    log.debug({ error: String(error) }, 'the store did not take the sign of life')
  })
  await telling
  const timer = setInterval(() => {
    telling = tell().catch((error: unknown) => {
      if (isRefusal(error)) problem = new SalvorError('worker_role', { worker: name, said: error.message }).message
      log.warn({ error: String(error) }, 'the store did not take the sign of life')
    })
  }, aliveEveryMs)
  return {
    problem: () => problem,
    async stop() {
      clearInterval(timer)
      await telling
      await held?.close()
    },
  }
}

/** PostgreSQL's insufficient_privilege. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === '42501'
}
