import { Agent } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import { postCommand, signCommand } from '../slack/post-command.ts'

/** What the thread is started with. */
export interface StopwatchSetting {
  readonly storeUrl: string
  readonly signingSecret: string
}

/** `send` posts a command; `read` asks for what was heard since. */
export type StopwatchOrder =
  | { readonly kind: 'send'; readonly url: string; readonly body: string }
  | { readonly kind: 'read' }

/** Milliseconds by this thread's clock: the acknowledgement, and each commit that the store told of since. */
export interface Heard {
  readonly ackMs: number
  readonly ackedAt: number
  readonly commits: readonly { readonly at: number; readonly incident: string }[]
}

// A thread of its own for the clock: nothing else that this process does meanwhile is in the times.
const { storeUrl, signingSecret } = workerData as StopwatchSetting
const agent = new Agent({ keepAlive: true })
let commits: { at: number; incident: string }[] = []
let acked = { ackMs: Number.NaN, ackedAt: Number.NaN }

const client = new pg.Client({ connectionString: storeUrl })
await client.connect()
// One notification a transaction: equal ones of the same transaction are folded by PostgreSQL.
client.on('notification', (message) => commits.push({ at: performance.now(), incident: message.payload ?? '' }))
await client.query('LISTEN salvor_events')

parentPort?.on('message', (order: StopwatchOrder) => {
  if (order.kind === 'read') {
    parentPort?.postMessage({ heard: { ...acked, commits } satisfies Heard })
    return
  }
  commits = []
  postCommand(agent, order.url, signCommand(signingSecret, order.body)).then(
    (ackMs) => {
      acked = { ackMs, ackedAt: performance.now() }
      parentPort?.postMessage({ sent: true })
    },
    (error) => parentPort?.postMessage({ error: String(error) }),
  )
})
parentPort?.postMessage({ ready: true })
