import { Worker } from 'node:worker_threads'
import type { Times, Volley } from './send.ts'

export interface Client {
  send(volley: Volley): Promise<Times>
  close(): Promise<void>
}

/** The side of Slack, in a thread of its own: what this process does for the apps meanwhile does not slow the clock. */
export function startClient(): Client {
  const worker = new Worker(new URL('./send.ts', import.meta.url))
  return {
    send: (volley) =>
      new Promise((resolve, reject) => {
        worker.once('error', reject)
        worker.once('message', (answer: { times?: Times; error?: string }) => {
          worker.off('error', reject)
          if (answer.times) resolve(answer.times)
          else reject(new Error(answer.error))
        })
        worker.postMessage(volley)
      }),
    async close() {
      await worker.terminate()
    },
  }
}
