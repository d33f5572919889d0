/** One message of PostgreSQL's protocol; `bytes` is all of it, `body` what follows type and length. */
export type Message = { type: MessageType; bytes: Buffer; body: Buffer }

/** A letter of the protocol, or one of the messages without a letter that open a connection. */
export type MessageType = 'startup' | 'encryption' | 'cancel' | (string & {})

const SSL_REQUEST = 80877103
const GSS_REQUEST = 80877104
const CANCEL_REQUEST = 80877102

/** Cuts a byte stream into whole messages. A client's stream begins with untyped ones (`opening`), a server's does not. */
export function createSplitter(opening: boolean): (chunk: Buffer) => Message[] {
  let rest: Buffer = Buffer.alloc(0)
  let untyped = opening
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const messages: Message[] = []
    for (;;) {
      const header = untyped ? 0 : 1
      if (rest.length < header + 4) return messages
      const end = header + rest.readInt32BE(header)
      if (rest.length < end) return messages
      const bytes = rest.subarray(0, end)
      const type = untyped ? openingType(bytes) : String.fromCharCode(bytes[0] ?? 0)
      if (type === 'startup') untyped = false
      messages.push({ type, bytes, body: bytes.subarray(header + 4) })
      rest = rest.subarray(end)
    }
  }
}

/** The zero-terminated texts at the beginning of a body. */
export function readTexts(body: Buffer, count: number): string[] {
  const texts: string[] = []
  let from = 0
  while (texts.length < count) {
    const end = body.indexOf(0, from)
    if (end < 0) break
    texts.push(body.toString('utf8', from, end))
    from = end + 1
  }
  return texts
}

function openingType(bytes: Buffer): MessageType {
  const code = bytes.length >= 8 ? bytes.readInt32BE(4) : 0
  if (code === SSL_REQUEST || code === GSS_REQUEST) return 'encryption'
  return code === CANCEL_REQUEST ? 'cancel' : 'startup'
}
