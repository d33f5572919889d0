import { createHmac, timingSafeEqual } from 'node:crypto'
import { readPagerKey, SHORTEST_PAGER_KEY } from '../domain/pager-key.ts'

/** How far the sender's clock may be off: what is older may have been recorded and sent again. */
const TOLERANCE_S = 300

/** The headers of a signed message, after Standard Webhooks (standardwebhooks.com), which many services know. */
export interface Signed {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/** Signs what is sent: its id, which stays the same from try to try, the time of this try, and the body. */
export function sign(key: string, id: string, body: string, now: Date): Signed {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${digest(key, id, timestamp, body).toString('base64')}`,
  }
}

/**
 * Was this signed with the key within the last minutes? Of several signatures (a key that is rotated) one suffices. With
 * a key that anybody could guess nothing is.
 */
export function isSigned(key: string, headers: Readonly<Record<string, unknown>>, body: string, now: Date): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
  if (readPagerKey(key).length < SHORTEST_PAGER_KEY) return false
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return false
  if (!/^\d{1,12}$/.test(timestamp) || id === '' || id.length > 200 || signatures.length > 1000) return false
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_S) return false
  const wanted = digest(key, id, timestamp, body)
  return signatures.split(' ').some((one) => {
    const given = Buffer.from(one.startsWith('v1,') ? one.slice(3) : '', 'base64')
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}

function digest(key: string, id: string, timestamp: string, body: string): Buffer {
  return createHmac('sha256', readPagerKey(key)).update(`${id}.${timestamp}.${body}`).digest()
}
