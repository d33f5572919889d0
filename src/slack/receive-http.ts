import type { IncomingHttpHeaders } from 'node:http'
import { type App, HTTPReceiver, type Receiver } from '@slack/bolt'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { guardRoute, type Route, refuseOddTarget } from '../ports/routes.ts'
import { adaptLog } from './clients.ts'

/** Clocks differ a little; a request that is dated further ahead was made to be kept for later. */
const FUTURE_MS = 60_000
/** As long as Bolt takes a signature for good. */
const PAST_MS = 5 * 60_000

/** What can be wrong with a request before anybody's words are read. */
export type RequestFault = 'slack_forged' | 'slack_replayed' | 'slack_future'

/** Where a listener finds the request's signature in Bolt's context. */
export const signatureKey = 'salvorSignature'

/** What both ways of receiving have in common beyond Bolt's contract. */
export interface SlackReceiver extends Receiver {
  /** True while Slack can reach the bot, as far as this side can know. */
  isReady(): boolean
  /** The port that is listened on; null before the start. */
  port(): number | null
}

/**
 * Bolt's HTTP receiver, plus what it leaves out: it refuses requests dated in the future, and hands each request's
 * signature on, so that a byte-identical second one can be known. Listens on loopback unless told otherwise.
 */
export function createHttpReceiver(of: {
  readonly signingSecret: string
  readonly port: number
  readonly host: string
  readonly routes: readonly Route[]
  readonly clock: Clock
  readonly log: Log
  readonly onRefused: (fault: RequestFault) => void
}): SlackReceiver {
  const receiver = new HTTPReceiver({
    signingSecret: of.signingSecret,
    customRoutes: of.routes.map((route) =>
      guardRoute(route, (error) =>
        of.log.warn({ path: route.path, error: String(error) }, 'a request could not be answered'),
      ),
    ),
    customPropertiesExtractor: (request) => ({ [signatureKey]: request.headers['x-slack-signature'] }),
    logger: adaptLog(of.log),
  })
  const listener = receiver.requestListener
  receiver.requestListener = (request, response) => {
    if (refuseOddTarget(request, response)) return
    // Bolt takes other spellings of one signature for as good, and each would count as a request of its own.
    if (!isPlainlySigned(request.headers)) {
      response.writeHead(401).end()
      of.onRefused('slack_forged')
      return
    }
    const ahead = Number(request.headers['x-slack-request-timestamp']) * 1000 - of.clock.now().getTime()
    if (ahead >= FUTURE_MS) {
      of.log.warn({ aheadMs: ahead }, 'refused a request dated in the future')
      response.writeHead(401).end()
      of.onRefused('slack_future')
      return
    }
    // Bolt answers 401 to nothing else than a signature that does not fit or is too old, and tells nobody.
    response.once('finish', () => {
      if (response.statusCode === 401) of.onRefused(ahead < -PAST_MS ? 'slack_replayed' : 'slack_forged')
    })
    listener(request, response)
  }
  let port: number | null = null
  return {
    init: (app: App) => receiver.init(app),
    async start() {
      const server = await receiver.start({ port: of.port, host: of.host }, {})
      const address = server.address()
      port = typeof address === 'object' && address ? address.port : of.port
      return server
    },
    async stop() {
      if (port === null) return
      port = null
      await receiver.stop()
    },
    isReady: () => port !== null,
    port: () => port,
  }
}

/** True for the one spelling that Slack uses; also for requests without both headers, which are not Slack's to sign. */
function isPlainlySigned(headers: IncomingHttpHeaders): boolean {
  const signature = headers['x-slack-signature']
  const timestamp = headers['x-slack-request-timestamp']
  if (signature === undefined || timestamp === undefined) return true
  return /^v0=[0-9a-f]{64}$/.test(String(signature)) && /^[1-9]\d{0,10}$/.test(String(timestamp))
}
