import type { IncomingMessage, ServerResponse } from 'node:http'
import type { State } from '../state.ts'
import { pageHeaders } from './send.ts'

const BURST_MS = 60
const BEAT_MS = 15_000

/** Server-sent events: one for each burst of changes; the page then asks for the state that it shows. */
export function streamChanges(state: State, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { ...pageHeaders, 'content-type': 'text/event-stream' })
  response.write('retry: 1000\n\ndata: hello\n\n')
  let planned: NodeJS.Timeout | undefined
  const tell = () => {
    planned ??= setTimeout(() => {
      planned = undefined
      response.write('data: change\n\n')
    }, BURST_MS)
  }
  const beat = setInterval(() => response.write(': alive\n\n'), BEAT_MS)
  state.changes.on('change', tell)
  request.on('close', () => {
    clearInterval(beat)
    clearTimeout(planned)
    state.changes.off('change', tell)
  })
}
