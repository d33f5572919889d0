import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ResponseUrls } from './deliver/response-urls.ts'
import type { Sockets } from './deliver/sockets.ts'
import type { Faults } from './faults.ts'
import { isLocalRequest, isProgram } from './page/guard.ts'
import { refuse } from './page/send.ts'
import { readBody } from './read-arguments.ts'
import { announceChange, recordViolation, type State } from './state.ts'

/** What stands behind the server's addresses. */
export interface Rooms {
  readonly state: State
  readonly faults: Faults
  readonly sockets: Sockets
  readonly responseUrls: ResponseUrls
  readonly webApi: (method: string, request: IncomingMessage, response: ServerResponse) => Promise<void>
  readonly download: (file: string, request: IncomingMessage, response: ServerResponse) => void
  readonly page: (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** Listens on loopback: `/api/` Web API, `/upload/`, `/files-pri/`, `/respond/`, `/link/` sockets, the page everywhere else. */
export async function listen(rooms: Rooms, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    route(rooms, request, response).catch((error: unknown) => {
      recordViolation(rooms.state, 'rule', request.url ?? '/', 'internal_error', String(error))
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.on('upgrade', (request, socket, head) => {
    if (!isLocalRequest(request) || !isProgram(request)) {
      return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    }
    if (rooms.faults.isOut() || !request.url?.startsWith('/link/')) return void socket.destroy()
    rooms.sockets.accept(request, socket, head)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return { server, port: (server.address() as AddressInfo).port }
}

async function route(rooms: Rooms, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLocalRequest(request)) return refuse(response, 403, 'this workspace answers on loopback only')
  const pathname = readPath(request.url)
  const [, room = '', first = '', second = ''] = pathname.split('/')
  const forApps = ['api', 'upload', 'respond', 'files-pri'].includes(room)
  if (!forApps) return rooms.page(pathname, request, response)
  if (!isProgram(request)) return refuse(response, 403, 'apps talk here, and no page')
  if (rooms.faults.isOut()) return void request.socket.destroy()
  if (room === 'api') return rooms.webApi(first, request, response)
  if (room === 'files-pri') return rooms.download(first, request, response)
  const body = await readBody(request)
  if (room === 'upload') return takeUpload(rooms.state, second, request, body, response)
  const answer = rooms.responseUrls.use(first, parse(body))
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
}

/** `//` and the like are paths too, though no address. */
function readPath(url = '/'): string {
  return URL.parse(url, 'http://local')?.pathname ?? '/'
}

/** Takes raw bytes or one multipart file; a length other than announced breaks a rule. */
async function takeUpload(
  state: State,
  id: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const file = state.files.get(id)
  if (file?.state !== 'announced') return void response.writeHead(404).end('no such upload')
  file.content = await readContent(request.headers['content-type'] ?? '', body)
  file.state = 'uploaded'
  if (file.content.length !== file.length) {
    const detail = `announced ${file.length} bytes, sent ${file.content.length}`
    recordViolation(state, 'rule', 'upload', 'length_mismatch', detail)
  }
  announceChange(state)
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${file.content.length}`)
}

async function readContent(type: string, body: Buffer): Promise<Buffer> {
  if (!type.startsWith('multipart/form-data')) return body
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  for (const [, value] of form) if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer())
  return Buffer.alloc(0)
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
