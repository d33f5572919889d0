import { type OutgoingHttpHeaders, request } from 'node:http'
import { signBody } from './sign.ts'

/** A request to the app, to be signed or with a signature of the test's own. */
export interface RawRequest {
  readonly path?: string
  readonly body: string
  readonly contentType?: string
  /** Seconds since the epoch; default now. */
  readonly timestamp?: number | string
  /** Default: the right one. Null leaves the header out. */
  readonly signature?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** What came back, or why nothing came. */
export interface RawResponse {
  readonly status: number
  readonly body: string
  readonly ackMs: number
  readonly failure?: 'operation_timeout' | 'dispatch_failed'
}

/** Slack waits three seconds for an acknowledgement. */
export const ACK_DEADLINE_MS = 3000

/** Posts one signed request to the app, and never waits longer than Slack does. */
export async function sendHttp(
  requestUrl: string,
  secret: string,
  seconds: number,
  raw: RawRequest,
): Promise<RawResponse> {
  const timestamp = raw.timestamp ?? seconds
  const signature = raw.signature === undefined ? signBody(secret, timestamp, raw.body) : raw.signature
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const headers = {
    'content-type': raw.contentType ?? 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(raw.body),
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': String(timestamp),
    ...(signature === null ? {} : { 'x-slack-signature': signature }),
    ...raw.headers,
  }
  try {
    const url = new URL(raw.path ?? requestUrl, requestUrl)
    return { ...(await post(url, headers, raw.body)), ackMs: elapsed() }
  } catch (error) {
    const late = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
    return { status: 0, body: '', ackMs: elapsed(), failure: late ? 'operation_timeout' : 'dispatch_failed' }
  }
}

/** A connection of its own each time: one kept open across a restart of the app would fail for no fault of the app's. */
function post(url: URL, headers: OutgoingHttpHeaders, body: string): Promise<{ status: number; body: string }> {
  const signal = AbortSignal.timeout(ACK_DEADLINE_MS)
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, signal, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
