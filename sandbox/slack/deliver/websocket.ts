import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { encodeFrame, Opcode, readFrame } from './websocket-frames.ts'

/** The server's end of one websocket. */
export interface WebSocketConnection {
  sendText(text: string): void
  ping(): void
  /** Says goodbye and ends the connection shortly after. */
  close(): void
  /** Cuts the connection without a word. */
  cut(): void
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const LARGEST_MESSAGE = 4 * 1024 * 1024

/** Accepts an upgrade (RFC 6455) and reports each text message and the end. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  on: { text: (text: string) => void; closed: () => void },
): WebSocketConnection {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}${GUID}`)
    .digest('base64')
  const upgrade = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
  socket.write(`${[...upgrade, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`)
  let pending = Buffer.from(head)
  let parts: Buffer[] = []
  let open = true
  let saidGoodbye = false

  const send = (opcode: number, payload: Buffer) => {
    if (open && socket.writable) socket.write(encodeFrame(opcode, payload))
  }
  // A second close frame would be an error of the protocol.
  const sayGoodbye = (payload: Buffer) => {
    if (!saidGoodbye) send(Opcode.close, payload)
    saidGoodbye = true
  }
  const end = () => {
    if (!open) return
    open = false
    on.closed()
  }
  const take = (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    for (let frame = readFrame(pending); frame; frame = readFrame(pending)) {
      pending = pending.subarray(frame.size)
      if (frame.opcode === Opcode.ping) send(Opcode.pong, frame.payload)
      else if (frame.opcode === Opcode.close) {
        sayGoodbye(frame.payload)
        socket.end()
      } else if (frame.opcode !== Opcode.pong) {
        parts.push(frame.payload)
        if (!frame.final) continue
        const text = Buffer.concat(parts).toString('utf8')
        parts = []
        on.text(text)
      }
    }
    if (pending.length > LARGEST_MESSAGE) socket.destroy()
  }
  socket.on('data', take)
  socket.on('close', end)
  socket.on('error', end)
  if (head.length > 0) take(Buffer.alloc(0))
  return {
    sendText: (text) => send(Opcode.text, Buffer.from(text)),
    ping: () => send(Opcode.ping, Buffer.from('salvor')),
    close() {
      sayGoodbye(Buffer.from([0x03, 0xe8]))
      setTimeout(() => socket.destroy(), 1000).unref()
    },
    cut: () => void socket.destroy(),
  }
}
