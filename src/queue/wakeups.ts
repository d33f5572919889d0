import type { Queue } from 'bullmq'
import type { Log } from '../ports/log.ts'
import type { Wakeups, WakeupWorker } from '../ports/wakeups.ts'
import type { QueueBackend, WakeupData } from './backend.ts'

/** Wakeups for any worker, and those that only the named worker may take. */
function queueName(worker: string | null): string {
  return worker === null ? 'wakeups' : `wakeups-${worker}`
}

/** Milliseconds after which a wakeup that the queue did not take is given up: the sweep makes a new one. */
const patienceMs = 2_000
/** The same while the queue is known to be away: every wakeup of a recovery would else wait for nothing. */
const patienceAwayMs = 100

/** Puts wakeups into the queue. Never throws and never waits long: a queue that is away loses nothing. */
export function createWakeups(backend: QueueBackend, log: Log): Wakeups & { close(): Promise<void> } {
  const queues = new Map<string, Queue<WakeupData>>()
  let isAway = false
  const find = (worker: string | null) => {
    const name = queueName(worker)
    const queue = queues.get(name) ?? backend.openQueue(name)
    queues.set(name, queue)
    return queue
  }
  return {
    async wake({ job, eventNo, worker }) {
      // Custom ids hold no colon and are not all digits. The event's number keeps a wakeup for newer news apart
      // from an active one: an id that is added while the same id is active is swallowed.
      const id = `${job}-${eventNo}`
      const added = find(worker).add(
        'wakeup',
        { job },
        { jobId: id, removeOnComplete: true, removeOnFail: true, attempts: 1 },
      )
      // One that is taken late says as well that the queue is back.
      added.then(
        () => {
          isAway = false
        },
        () => {},
      )
      const waitMs = isAway ? patienceAwayMs : patienceMs
      const late = new Promise<'late'>((resolve) => setTimeout(resolve, waitMs, 'late').unref())
      try {
        if ((await Promise.race([added, late])) === 'late') {
          isAway = true
          log.warn({ job }, 'the queue did not take a wakeup in time')
        }
      } catch (error) {
        isAway = true
        log.warn({ job, error: String(error) }, 'the queue did not take a wakeup')
      }
    },
    async close() {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()))
    },
  }
}

/**
 * Takes wakeups of `any` and of its own name and hands each job to `advance`, `concurrency` at once. An error of
 * `advance` is logged and forgotten: the store knows where the job is, and the sweep wakes it again.
 */
export function createWakeupWorker(
  backend: QueueBackend,
  of: {
    readonly name: string
    readonly concurrency: number
    readonly advance: (job: string) => Promise<void>
    readonly log: Log
  },
): WakeupWorker {
  const process = async (job: string) => {
    try {
      await of.advance(job)
    } catch (error) {
      of.log.error({ job, error: String(error) }, 'a wakeup could not be followed')
    }
  }
  const workers: ReturnType<QueueBackend['openWorker']>[] = []
  return {
    async start() {
      for (const name of [queueName(null), queueName(of.name)])
        workers.push(backend.openWorker(name, process, of.concurrency))
    },
    async stop(graceMs) {
      const late = new Promise((resolve) => setTimeout(resolve, graceMs).unref())
      await Promise.race([Promise.allSettled(workers.map((worker) => worker.close())), late])
      await Promise.race([
        Promise.allSettled(workers.map((worker) => worker.close(true))),
        new Promise((resolve) => setTimeout(resolve, 1_000).unref()),
      ])
    },
  }
}
