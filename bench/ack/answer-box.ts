import { createServer } from 'node:http'

/** Takes what the bot answers through response URLs: the work behind each acknowledgement is really done. */
export interface AnswerBox {
  readonly url: string
  /** Resolves once so many answers have come in since the start; throws after half a minute. */
  waitFor(answers: number): Promise<void>
  close(): Promise<void>
}

const PATIENCE_MS = 30_000

export async function openAnswerBox(): Promise<AnswerBox> {
  let count = 0
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      count += 1
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/answer`,
    async waitFor(answers) {
      const until = performance.now() + PATIENCE_MS
      while (count < answers) {
        if (performance.now() > until) throw new Error(`of ${answers} commands ${count} were answered`)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
