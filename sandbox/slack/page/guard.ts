import type { IncomingMessage } from 'node:http'

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** True when the Host header names loopback: a name that a foreign page rebinds to 127.0.0.1 is refused. */
export function isLocalRequest(request: IncomingMessage): boolean {
  return loopbackNames.has((request.headers.host ?? '').replace(/:\d+$/, ''))
}

/** True when a request that changes something comes from this very page. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return request.headers.origin === `http://${request.headers.host}`
}
