import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { isObject } from '../blocks/shape.ts'
import { recordViolation, type State } from '../state.ts'
import { ACK_DEADLINE_MS } from './send-http.ts'
import { acceptWebSocket, type WebSocketConnection } from './websocket.ts'

/** What happened to one envelope. */
interface SocketAnswer {
  readonly acknowledged: boolean
  readonly payload?: unknown
  readonly ackMs: number
  readonly failure?: 'operation_timeout' | 'dispatch_failed'
}

/** The Socket Mode side: single-use tickets, up to ten connections, each envelope to any one of them. */
export interface Sockets {
  openUrl(): string
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  send(type: string, payload: unknown, extra?: Record<string, unknown>): Promise<SocketAnswer>
  count(): number
  disconnect(reason: string, howMany?: number): void
  cut(): void
  close(): void
}

const MOST_CONNECTIONS = 10
const PING_MS = 5000

/** Serves Socket Mode under `${host}/link/`. */
export function createSockets(state: State, host: () => string): Sockets {
  const tickets = new Set<string>()
  const open: WebSocketConnection[] = []
  const waiting = new Map<string, (payload: unknown) => void>()
  const pinging = setInterval(() => {
    for (const connection of open) connection.ping()
  }, PING_MS).unref()
  let turn = 0

  const receive = (text: string) => {
    const message: unknown = parse(text)
    const resolve = isObject(message) ? waiting.get(String(message.envelope_id)) : undefined
    if (!isObject(message) || !resolve)
      return recordViolation(state, 'rule', 'socket', 'unknown_envelope', text.slice(0, 200))
    resolve(message.payload)
  }
  const everyone = new Set<WebSocketConnection>()
  const hello = (connection: WebSocketConnection) =>
    connection.sendText(
      JSON.stringify({
        type: 'hello',
        num_connections: open.length,
        connection_info: { app_id: state.workspace.bot.appId },
        debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
      }),
    )

  return {
    openUrl() {
      const ticket = randomBytes(12).toString('hex')
      tickets.add(ticket)
      return `ws://${host()}/link/?ticket=${ticket}&app_id=${state.workspace.bot.appId}`
    },
    accept(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://local').searchParams.get('ticket') ?? ''
      if (!tickets.delete(ticket)) return void socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
      const entered = (connection: WebSocketConnection) => {
        entry = connection
        everyone.add(connection)
        if (open.length >= MOST_CONNECTIONS) return sayGoodbye(connection, 'too_many_websockets')
        open.push(connection)
        hello(connection)
      }
      const left = () => {
        if (entry === undefined) return
        everyone.delete(entry)
        const index = open.indexOf(entry)
        if (index >= 0) open.splice(index, 1)
      }
      let entry: WebSocketConnection | undefined
      acceptWebSocket(request, socket, head, { opened: entered, text: receive, closed: left })
    },
    send(type, payload, extra = {}) {
      const connection = open[turn++ % Math.max(1, open.length)]
      if (!connection) return Promise.resolve({ acknowledged: false, ackMs: 0, failure: 'dispatch_failed' as const })
      const envelopeId = typeof extra.envelope_id === 'string' ? extra.envelope_id : randomUUID()
      const started = performance.now()
      const elapsed = () => performance.now() - started
      const accepts = type !== 'events_api'
      connection.sendText(
        JSON.stringify({ envelope_id: envelopeId, type, payload, accepts_response_payload: accepts, ...extra }),
      )
      return new Promise((resolve) => {
        const late = setTimeout(() => {
          waiting.set(envelopeId, () => undefined)
          resolve({ acknowledged: false, ackMs: elapsed(), failure: 'operation_timeout' })
        }, ACK_DEADLINE_MS)
        waiting.set(envelopeId, (answer) => {
          clearTimeout(late)
          // A late or repeated acknowledgement is no violation of its own.
          waiting.set(envelopeId, () => undefined)
          resolve({ acknowledged: true, payload: answer, ackMs: elapsed() })
        })
      })
    },
    count: () => open.length,
    disconnect(reason, howMany = open.length) {
      const leaving = reason === 'warning' ? open.slice(0, howMany) : open.splice(0, howMany)
      for (const connection of leaving) sayGoodbye(connection, reason)
    },
    cut() {
      for (const connection of [...everyone]) connection.cut()
    },
    close() {
      clearInterval(pinging)
      for (const connection of [...everyone]) connection.cut()
    },
  }
}

/** The app is expected to close; the server does so itself after a moment, and ten seconds after a warning. */
function sayGoodbye(connection: WebSocketConnection, reason: string): void {
  connection.sendText(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }))
  setTimeout(() => connection.close(), reason === 'warning' ? 10_000 : 500).unref()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
