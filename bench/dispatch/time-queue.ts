import type { QueueBackend } from '../../src/queue/backend.ts'

/** The queue alone: milliseconds from adding a wakeup to its processor being called, nothing else done. */
export interface BareQueue {
  time(): Promise<number>
  close(): Promise<void>
}

export async function openBareQueue(backend: QueueBackend): Promise<BareQueue> {
  let onTaken: (() => void) | undefined
  const queue = backend.openQueue('bench')
  const worker = backend.openWorker('bench', async () => onTaken?.(), 1)
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()])
  let count = 0
  return {
    async time() {
      const taken = new Promise<void>((resolve) => {
        onTaken = resolve
      })
      count += 1
      const started = performance.now()
      await queue.add('wakeup', { job: 'bench' }, { jobId: `bench-${count}`, removeOnComplete: true })
      await taken
      return performance.now() - started
    },
    async close() {
      await Promise.allSettled([worker.close(true), queue.close()])
      await backend.close()
    },
  }
}
