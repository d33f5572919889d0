import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../src/ports/log.ts'
import type { WakeupWorker } from '../../src/ports/wakeups.ts'
import type { QueueBackend } from '../../src/queue/backend.ts'
import { createWakeups, createWakeupWorker } from '../../src/queue/wakeups.ts'

/** What every queue must do; run against Redis and against PostgreSQL. `open` gives a queue of the test's own. */
export function describeWakeups(
  name: string,
  open: () => Promise<{ backend: QueueBackend; close(): Promise<void> }>,
): void {
  describe(`wakeups over ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>>
    let wakeups: ReturnType<typeof createWakeups>
    let workers: WakeupWorker[]
    let woken: string[]

    beforeEach(async () => {
      opened = await open()
      wakeups = createWakeups(opened.backend, silentLog)
      workers = []
      woken = []
    })

    afterEach(async () => {
      for (const worker of workers) await worker.stop(500)
      await wakeups.close()
      await opened.close()
    })

    async function startWorker(
      workerName: string,
      advance = async (job: string) => void woken.push(job),
    ): Promise<void> {
      const worker = createWakeupWorker(opened.backend, { name: workerName, concurrency: 4, advance, log: silentLog })
      workers.push(worker)
      await worker.start()
    }

    it('wakes a worker', async () => {
      await startWorker('db1')
      await wakeups.wake({ job: 'restore-1', eventNo: 1, worker: null })
      await expect.poll(() => woken, { timeout: 5000 }).toEqual(['restore-1'])
    })

    it('keeps what nobody has taken yet for the worker that comes later', async () => {
      await wakeups.wake({ job: 'restore-1', eventNo: 1, worker: null })
      await startWorker('db1')
      await expect.poll(() => woken, { timeout: 5000 }).toEqual(['restore-1'])
    })

    it('wakes only the named worker', async () => {
      await startWorker('db2')
      await wakeups.wake({ job: 'restore-1', eventNo: 1, worker: 'db1' })
      await wakeups.wake({ job: 'backup-1', eventNo: 2, worker: null })
      await expect.poll(() => woken, { timeout: 5000 }).toEqual(['backup-1'])
      await startWorker('db1')
      await expect.poll(() => woken, { timeout: 5000 }).toEqual(['backup-1', 'restore-1'])
    })

    it('wakes again for the same event once the first wakeup has ended', async () => {
      await startWorker('db1')
      for (const times of [1, 2, 3]) {
        // While the one before is still being put away its id is swallowed, so it is said until it is heard.
        const heard = async () => {
          await wakeups.wake({ job: 'restore-1', eventNo: 7, worker: null })
          return woken.length
        }
        await expect.poll(heard, { timeout: 5000 }).toBeGreaterThanOrEqual(times)
      }
    })

    it('is not held up by a job that is at work for long', async () => {
      const gate = Promise.withResolvers<void>()
      await startWorker('db1', async (job) => {
        woken.push(job)
        if (job === 'restore-1') await gate.promise
      })
      await wakeups.wake({ job: 'restore-1', eventNo: 1, worker: null })
      await expect.poll(() => woken, { timeout: 5000 }).toEqual(['restore-1'])
      await wakeups.wake({ job: 'verify-1', eventNo: 2, worker: null })
      await expect.poll(() => woken, { timeout: 5000 }).toEqual(['restore-1', 'verify-1'])
      gate.resolve()
    })

    it('goes on after a wakeup that could not be followed', async () => {
      await startWorker('db1', async (job) => {
        woken.push(job)
        if (job === 'bad-1') throw new Error('no such thing')
      })
      await wakeups.wake({ job: 'bad-1', eventNo: 1, worker: null })
      await wakeups.wake({ job: 'good-1', eventNo: 2, worker: null })
      await expect.poll(() => woken.toSorted(), { timeout: 5000 }).toEqual(['bad-1', 'good-1'])
    })
  })
}
