import { createServer, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { type App, SocketModeReceiver } from '@slack/bolt'
import type { Log } from '../ports/log.ts'
import { createRouter, type Route } from '../ports/routes.ts'
import { callSlack } from './call.ts'
import { adaptLog, clientOptions } from './clients.ts'
import type { SlackReceiver } from './receive-http.ts'

/** Two sockets: while Slack refreshes one, clicks and commands arrive on the other. */
const SOCKETS = 2
/** A socket that was opened but never said hello is given up after so long. */
const HELLO_WITHIN_MS = 15_000
/** The bot starts all the same while Slack is away; connecting goes on. */
const UP_WITHIN_MS = 10_000
const BACKOFF_MS = [100, 1000, 2000, 5000, 10_000]

interface SocketOptions {
  readonly appToken: string
  readonly apiUrl: string | undefined
  readonly port: number
  readonly host: string
  readonly routes: readonly Route[]
  readonly log: Log
}

/**
 * Socket Mode over two connections behind one receiver. The SDK's own reconnecting waits 5 s each time and can end
 * the process by an unhandled rejection, so reconnecting is done here. `start` resolves once one socket is up,
 * or after a while without.
 */
export function createSocketReceiver(of: SocketOptions): SlackReceiver {
  const lines = Array.from({ length: SOCKETS }, (_, index) => createLine(of, of.log.child({ socket: index + 1 })))
  let server: Server | undefined
  return {
    init(app: App) {
      for (const line of lines) line.receiver.init(app)
    },
    async start() {
      server = await serveRoutes(of)
      const late = delay(UP_WITHIN_MS, undefined, { ref: false })
      await Promise.race([...lines.map((line) => line.start()), late])
      return undefined
    },
    async stop() {
      await Promise.all(lines.map((line) => line.stop()))
      server?.closeAllConnections()
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
    },
    isReady: () => lines.some((line) => line.isUp()),
    port() {
      const address = server?.address()
      return typeof address === 'object' && address ? address.port : null
    },
  }
}

/** One connection that is kept up until stopped. */
function createLine(of: SocketOptions, log: Log) {
  const receiver = new SocketModeReceiver({
    appToken: of.appToken,
    autoReconnectEnabled: false,
    logger: adaptLog(log),
    installerOptions: { clientOptions: { ...clientOptions(of.apiUrl, log), timeout: 10_000 } },
  })
  const { client } = receiver
  let stopped = false
  let up = false
  client.on('ws_message', (data: unknown) => noticeGhosts(data, log))
  client.on('disconnected', () => {
    up = false
  })

  const connect = async () => {
    const late = AbortSignal.timeout(HELLO_WITHIN_MS)
    const tooLate = new Promise<never>((_, reject) =>
      late.addEventListener('abort', () => reject(new Error('no hello in time')), { once: true }),
    )
    await Promise.race([client.start(), tooLate])
  }
  const untilDown = () => new Promise<void>((resolve) => void client.once('disconnected', () => resolve()))

  const keepUp = async (onUp: () => void) => {
    for (let failures = 0; !stopped; ) {
      const opened = await callSlack(connect)
      if (opened.kind === 'ok') {
        failures = 0
        up = true
        onUp()
        log.info({}, 'socket is up')
        await untilDown()
        continue
      }
      const wait = opened.kind === 'limited' ? opened.retryAfterMs : (BACKOFF_MS[failures] ?? 10_000)
      failures = Math.min(failures + 1, BACKOFF_MS.length - 1)
      log.warn({ outcome: opened, waitMs: wait }, 'socket did not come up')
      await delay(wait, undefined, { ref: false })
    }
  }
  return {
    receiver,
    isUp: () => up,
    start: () => new Promise<void>((resolve) => void keepUp(resolve)),
    async stop() {
      stopped = true
      const closed = up ? Promise.race([untilDown(), delay(1000, undefined, { ref: false })]) : undefined
      await receiver.stop().catch(() => undefined)
      await closed
    },
  }
}

/** More connections than ours: another process, or ghosts of dropped sockets, take some of the clicks. */
function noticeGhosts(data: unknown, log: Log): void {
  const count = /"num_connections"\s*:\s*(\d+)/.exec(String(data))?.[1]
  if (Number(count) > SOCKETS) log.warn({ connections: Number(count) }, 'more sockets than this bot opened')
}

function serveRoutes(of: SocketOptions): Promise<Server | undefined> {
  if (of.routes.length === 0) return Promise.resolve(undefined)
  const server = createServer(createRouter(of.routes))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(of.port, of.host, () => resolve(server))
  })
}
