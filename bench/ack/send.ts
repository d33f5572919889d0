import { Agent } from 'node:http'
import { parentPort } from 'node:worker_threads'
import { postCommand, signCommand } from '../slack/post-command.ts'

/** Requests for one app: `bodies` are sent `atOnce` at a time. */
export interface Volley {
  readonly url: string
  readonly signingSecret: string
  readonly bodies: readonly string[]
  readonly atOnce: number
}

/** Milliseconds to each acknowledgement, in the order of the bodies. */
export type Times = readonly number[]

// Connections stay open, to both apps alike: Slack reuses them as well, and opening them is not what is compared.
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** Sends everything and times each request. Signing is done before, so that it is not in the time. */
async function sendVolley({ url, signingSecret, bodies, atOnce }: Volley): Promise<Times> {
  const signed = bodies.map((body) => signCommand(signingSecret, body))
  const times: number[] = []
  for (let at = 0; at < signed.length; at += atOnce)
    times.push(...(await Promise.all(signed.slice(at, at + atOnce).map((one) => postCommand(agent, url, one)))))
  return times
}

parentPort?.on('message', (volley: Volley) => {
  sendVolley(volley).then(
    (times) => parentPort?.postMessage({ times }),
    (error) => parentPort?.postMessage({ error: String(error) }),
  )
})
