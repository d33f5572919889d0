import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

/** The server's end of one websocket. */
export interface WebSocketConnection {
  sendText(text: string): void
  ping(): void
  /** Says goodbye and ends the connection shortly after. */
  close(): void
  /** Cuts the connection without a word. */
  cut(): void
}

const LARGEST_MESSAGE = 4 * 1024 * 1024
const GOODBYE_MS = 1000

const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false })

/** Accepts an upgrade and reports each text message and the end; nothing is passed on for one that is no upgrade. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  on: { opened: (connection: WebSocketConnection) => void; text: (text: string) => void; closed: () => void },
): void {
  server.handleUpgrade(request, socket, head, (websocket) => {
    websocket.on('message', (data) => on.text(String(data)))
    websocket.on('close', on.closed)
    // The end follows, and says all there is to say.
    websocket.on('error', () => {})
    on.opened(describe(websocket))
  })
}

function describe(websocket: WebSocket): WebSocketConnection {
  return {
    sendText: (text) => websocket.send(text, () => {}),
    ping: () => websocket.ping('salvor', false, () => {}),
    close() {
      websocket.close(1000)
      setTimeout(() => websocket.terminate(), GOODBYE_MS).unref()
    },
    cut: () => websocket.terminate(),
  }
}
