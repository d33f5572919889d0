import { isUtf8 } from 'node:buffer'
import type { Duplex } from 'node:stream'
import type pg from 'pg'

/**
 * A SQL_ASCII database holds whatever bytes somebody put there, and the driver reads and writes UTF-8. Texts that are
 * no UTF-8 pass through it byte by byte: each byte above 127 as a character of a plane that nobody writes in, U+10FF80
 * to U+10FFFF. What comes in so and goes out again is the same bytes, and two texts are equal if their bytes are.
 */
const FIRST = 0x10ff00
/** The three bytes with which these characters begin in UTF-8: F4 8F BE and F4 8F BF. */
const HEAD = Buffer.from([0xf4, 0x8f])

interface Wire {
  readonly stream: Duplex
}

/** Lets a session that is open read and write bytes that are no UTF-8, where its database may hold such. */
export async function passAnyBytes(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding')
  if (rows[0]?.server_encoding !== 'SQL_ASCII') return
  const { stream } = (client as unknown as { connection: Wire }).connection
  const readers = stream.listeners('data') as ((chunk: Buffer) => void)[]
  stream.removeAllListeners('data')
  const open = createReader()
  stream.on('data', (chunk: Buffer) => {
    const whole = open(chunk)
    if (whole.length > 0) for (const read of readers) read(whole)
  })
  const write = stream.write.bind(stream)
  stream.write = ((chunk: Buffer, ...rest: []) => write(closeMessages(chunk), ...rest)) as typeof stream.write
  // Else the server looks whether what it sends is UTF-8, and refuses what is not.
  await client.query('SET client_encoding TO SQL_ASCII')
}

/** Messages of the server, whole ones only, with texts that the driver can read. */
function createReader(): (chunk: Buffer) => Buffer {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const done: Buffer[] = []
    let at = 0
    while (rest.length - at >= 5) {
      const end = at + 1 + rest.readUInt32BE(at + 1)
      if (end > rest.length) break
      done.push(openMessage(rest.subarray(at, end)))
      at = end
    }
    rest = rest.subarray(at)
    return Buffer.concat(done)
  }
}

/** D is a row, E and N are what the server says; the others hold no text of the database's. */
function openMessage(message: Buffer): Buffer {
  const type = String.fromCharCode(message[0] ?? 0)
  if (type === 'D') return frame(message, openRow(message.subarray(5)))
  if (type === 'E' || type === 'N') return frame(message, openText(message.subarray(5)))
  return message
}

function openRow(row: Buffer): Buffer {
  const parts = [row.subarray(0, 2)]
  for (let at = 2; at < row.length; ) {
    const length = row.readInt32BE(at)
    const end = at + 4 + Math.max(0, length)
    parts.push(...(length < 0 ? [row.subarray(at, end)] : withLength(openText(row.subarray(at + 4, end)))))
    at = end
  }
  return Buffer.concat(parts)
}

function openText(bytes: Buffer): Buffer {
  if (isUtf8(bytes)) return bytes
  return Buffer.from([...bytes].map((byte) => String.fromCodePoint(byte < 128 ? byte : FIRST + byte)).join(''))
}

/** Messages to the server: their texts as the bytes that they stand for. */
function closeMessages(chunk: Buffer): Buffer {
  if (!chunk.includes(HEAD)) return chunk
  const done: Buffer[] = []
  for (let at = 0; at < chunk.length; ) {
    const end = at + 1 + chunk.readUInt32BE(at + 1)
    const message = chunk.subarray(at, end)
    const body = message.subarray(5)
    done.push(frame(message, message[0] === 0x42 ? closeBind(body) : closeText(body)))
    at = end
  }
  return Buffer.concat(done)
}

/** The values of a statement have lengths of their own. */
function closeBind(body: Buffer): Buffer {
  const formats = body.indexOf(0, body.indexOf(0) + 1) + 1
  const values = formats + 2 + 2 * body.readInt16BE(formats)
  const parts = [body.subarray(0, values + 2)]
  let at = values + 2
  for (let left = body.readInt16BE(values); left > 0; left -= 1) {
    const length = body.readInt32BE(at)
    const end = at + 4 + Math.max(0, length)
    parts.push(...(length < 0 ? [body.subarray(at, end)] : withLength(closeText(body.subarray(at + 4, end)))))
    at = end
  }
  return Buffer.concat([...parts, body.subarray(at)])
}

function closeText(bytes: Buffer): Buffer {
  if (!bytes.includes(HEAD)) return bytes
  const out: number[] = []
  for (let at = 0; at < bytes.length; at += 1) {
    const [second = 0, third = 0, fourth = 0] = bytes.subarray(at + 1, at + 4)
    const isByte = bytes[at] === 0xf4 && second === 0x8f && (third === 0xbe || third === 0xbf)
    if (isByte) {
      out.push((((third & 0x3f) << 6) | (fourth & 0x3f)) & 0xff)
      at += 3
    } else out.push(bytes[at] ?? 0)
  }
  return Buffer.from(out)
}

function frame(message: Buffer, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head[0] = message[0] ?? 0
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

function withLength(bytes: Buffer): Buffer[] {
  const length = Buffer.alloc(4)
  length.writeInt32BE(bytes.length)
  return [length, bytes]
}
