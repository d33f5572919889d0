import { createHmac } from 'node:crypto'

/** Slack's signature over a body: `v0=` and HMAC-SHA256 of `v0:<timestamp>:<body>`. The timestamp is in seconds. */
export function signBody(secret: string, timestamp: number | string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}
