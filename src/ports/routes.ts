import type { IncomingMessage, ServerResponse } from 'node:http'

/** One address that a listener of Salvor answers, such as `/healthz`. */
export interface Route {
  readonly path: string
  readonly method: string | string[]
  readonly handler: (request: IncomingMessage, response: ServerResponse) => unknown
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** Longer than any address that is served here or by Bolt. */
const LONGEST_TARGET = 2000

/**
 * The path of a request target without its query; undefined for everything that is no plain path: what begins with two
 * slashes, names a host, holds a control character, is broken or endless. Never throws.
 */
export function readPath(target: string | undefined): string | undefined {
  if (target === undefined || target.length > LONGEST_TARGET) return undefined
  if (!/^\/(?![/\\])[!-~]*$/.test(target)) return undefined
  const base = 'http://localhost'
  // What Bolt, the page and whoever else stands behind would make of it.
  return URL.canParse(target, base) && new URL(target, base).host === 'localhost'
    ? target.split(/[?#]/, 1)[0]
    : undefined
}

/** Answers 400 to an odd request target; true where it did. */
export function refuseOddTarget(request: IncomingMessage, response: ServerResponse): boolean {
  if (readPath(request.url) !== undefined) return false
  response.writeHead(400, { connection: 'close' }).end()
  return true
}

/**
 * A route that answers 500 to what its handler throws or rejects with, such as over a request that breaks off. Whoever
 * serves routes without awaiting them, as Bolt does, would end the process by that.
 */
export function guardRoute(route: Route, onFault: (error: unknown) => void = () => {}): Route {
  const handler = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      await route.handler(request, response)
    } catch (thrown) {
      onFault(thrown)
      if (!response.headersSent) response.writeHead(500, { connection: 'close' })
      response.end()
    }
  }
  return { ...route, handler }
}

/**
 * The one router of all listeners: 400 for odd targets, 404 for what nobody serves, 405 for another method, 500 for
 * what a handler throws or rejects with. Never throws.
 */
export function createRouter(routes: readonly Route[]): Listener {
  return (request, response) => {
    if (refuseOddTarget(request, response)) return
    const path = readPath(request.url)
    const here = routes.filter((one) => one.path === path)
    const found = here.find((one) => [one.method].flat().includes(request.method ?? ''))
    if (!found) return void response.writeHead(here.length > 0 ? 405 : 404).end()
    void guardRoute(found).handler(request, response)
  }
}
