import { Agent, request } from 'node:http'
import { parentPort } from 'node:worker_threads'
import { signBody } from '../../sandbox/slack/deliver/sign.ts'

/** Requests for one app: `bodies` are sent `atOnce` at a time. */
export interface Volley {
  readonly url: string
  readonly signingSecret: string
  readonly bodies: readonly string[]
  readonly atOnce: number
}

/** Milliseconds from the first byte out to the last byte in, in the order of the bodies. */
export type Times = readonly number[]

// Connections stay open, to both apps alike: Slack reuses them as well, and opening them is not what is compared.
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** Sends everything and times each request. Signing is done before, so that it is not in the time. */
async function sendVolley({ url, signingSecret, bodies, atOnce }: Volley): Promise<Times> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signed = bodies.map((body) => ({
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signBody(signingSecret, timestamp, body),
    },
  }))
  const times: number[] = []
  for (let at = 0; at < signed.length; at += atOnce)
    times.push(...(await Promise.all(signed.slice(at, at + atOnce).map((one) => post(url, one.headers, one.body)))))
  return times
}

function post(url: string, headers: Record<string, string | number>, body: string): Promise<number> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      response.resume()
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - started)
        else reject(new Error(`${url} answered ${response.statusCode} instead of acknowledging`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

parentPort?.on('message', (volley: Volley) => {
  sendVolley(volley).then(
    (times) => parentPort?.postMessage({ times }),
    (error) => parentPort?.postMessage({ error: String(error) }),
  )
})
