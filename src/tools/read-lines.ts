import { StringDecoder } from 'node:string_decoder'

/** The longest line that is handed on, in characters; the rest of a longer one is dropped. */
const longestLine = 64 * 1024

/** How much of a stream's end is kept, in bytes. */
export const longestTail = 64 * 1024

/** Takes chunks of bytes, hands on lines, keeps the end. Memory stays bounded whatever the tool prints. */
export interface LineReader {
  take(chunk: Buffer): void
  /** Hands on the last line if it had no end. */
  end(): void
  tail(): string
}

/** Lines end with LF, CR LF or a lone CR (progress of many tools). Bytes that are no UTF-8 become U+FFFD. */
export function createLineReader(onLine: (line: string) => void = () => {}): LineReader {
  const decoder = new StringDecoder('utf8')
  const tail: Buffer[] = []
  let tailBytes = 0
  let rest = ''
  let hasRest = false
  let afterCr = false

  const takeText = (text: string): void => {
    let from = 0
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
      // A CR at the end of one chunk and the LF at the start of the next are one end.
      const splitCrLf = afterCr && index === 0 && end === '\n'
      afterCr = false
      if (!splitCrLf) {
        onLine((rest + text.slice(from, Math.min(index, from + longestLine))).slice(0, longestLine))
        rest = ''
      }
      from = index + end.length
    }
    if (text.length > 0) afterCr = text.endsWith('\r')
    rest = (rest + text.slice(from, from + longestLine)).slice(0, longestLine)
    hasRest = rest !== ''
  }

  return {
    take(chunk) {
      tail.push(chunk)
      tailBytes += chunk.length
      for (let first = tail[0]; first !== undefined && tailBytes - first.length >= longestTail; first = tail[0]) {
        tail.shift()
        tailBytes -= first.length
      }
      takeText(decoder.write(chunk))
    },
    end() {
      takeText(decoder.end())
      if (hasRest) onLine(rest)
      rest = ''
      hasRest = false
    },
    tail: () => Buffer.concat(tail).subarray(-longestTail).toString('utf8'),
  }
}
