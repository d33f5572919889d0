/** Frame kinds of RFC 6455 that Socket Mode uses. */
export const Opcode = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** One frame read from the wire; `size` is how many bytes it took. */
export interface Frame {
  readonly opcode: number
  readonly final: boolean
  readonly payload: Buffer
  readonly size: number
}

/** The first whole frame in a buffer, unmasked; undefined while it is incomplete. */
export function readFrame(buffer: Buffer): Frame | undefined {
  const [first, second] = buffer
  if (first === undefined || second === undefined) return undefined
  const short = second & 0x7f
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  const masked = (second & 0x80) !== 0
  const start = 2 + lengthBytes + (masked ? 4 : 0)
  if (buffer.length < start) return undefined
  const length =
    lengthBytes === 2 ? buffer.readUInt16BE(2) : lengthBytes === 8 ? Number(buffer.readBigUInt64BE(2)) : short
  if (buffer.length < start + length) return undefined
  const payload = Buffer.from(buffer.subarray(start, start + length))
  if (masked) unmask(payload, buffer.subarray(start - 4, start))
  return { opcode: first & 0x0f, final: (first & 0x80) !== 0, payload, size: start + length }
}

/** A whole frame as a server sends it: unmasked. */
export function encodeFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload
  const header = length < 126 ? Buffer.alloc(2) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10)
  header[0] = 0x80 | opcode
  if (length < 126) header[1] = length
  else if (length < 65_536) {
    header[1] = 126
    header.writeUInt16BE(length, 2)
  } else {
    header[1] = 127
    header.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([header, payload])
}

function unmask(payload: Buffer, key: Buffer): void {
  for (const [index, byte] of payload.entries()) payload[index] = byte ^ (key[index % 4] ?? 0)
}
