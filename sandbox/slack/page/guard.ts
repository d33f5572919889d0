import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** True when the Host header names loopback: a name that a foreign page rebinds to 127.0.0.1 is refused. */
export function isLocalRequest(request: IncomingMessage): boolean {
  return loopbackNames.has((request.headers.host ?? '').replace(/:\d+$/, ''))
}

/** True when a request that changes something comes from this very page. */
export function isSameOrigin(request: IncomingMessage): boolean {
  return isOwnSite(request) && request.headers.origin === `http://${request.headers.host}`
}

/** True for what this page asks for, and for an address that somebody typed: no other page has a hand in it. */
export function isOwnSite(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** True for a program. What a browser sends says so, and no page has any business where apps talk. */
export function isProgram({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined && headers['sec-fetch-site'] === undefined
}

/**
 * The rest of a path behind the key, which stands in the path so that it goes to this port alone: cookies of loopback
 * go to every port, and so to other accounts' servers. Undefined without the key.
 */
export function readBehindKey(path: string, key: string): string | undefined {
  const [, given = '', ...rest] = path.split('/')
  return timingSafeEqual(hash(given), hash(key)) ? (rest.length === 0 ? '' : `/${rest.join('/')}`) : undefined
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
