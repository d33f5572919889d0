import { Worker } from 'node:worker_threads'
import type { Heard, StopwatchOrder, StopwatchSetting } from './stopwatch.ts'

export interface Stopwatch {
  send(url: string, body: string): Promise<void>
  read(): Promise<Heard>
  close(): Promise<void>
}

export async function startStopwatch(setting: StopwatchSetting): Promise<Stopwatch> {
  const worker = new Worker(new URL('./stopwatch.ts', import.meta.url), { workerData: setting })
  const hear = () =>
    new Promise<{ heard?: Heard; error?: string }>((resolve, reject) => {
      worker.once('error', reject)
      worker.once('message', (message) => {
        worker.off('error', reject)
        resolve(message)
      })
    })
  const order = async (what: StopwatchOrder) => {
    worker.postMessage(what)
    const answer = await hear()
    if (answer.error !== undefined) throw new Error(answer.error)
    return answer
  }
  await hear()
  return {
    async send(url, body) {
      await order({ kind: 'send', url, body })
    },
    async read() {
      const { heard } = await order({ kind: 'read' })
      if (!heard) throw new Error('the stopwatch has heard nothing')
      return heard
    },
    async close() {
      await worker.terminate()
    },
  }
}
