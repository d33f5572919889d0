import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isObject } from '../blocks/shape.ts'
import type { Desk } from '../people/desk.ts'
import { readBody } from '../read-arguments.ts'
import { actForPage } from './act-for-page.ts'
import { describeForPage } from './describe-for-page.ts'
import { isLocalRequest, isSameOrigin } from './guard.ts'

/** Files of the page; nothing else can be read from the disk. */
const files: Readonly<Record<string, readonly [string, string]>> = {
  '/': ['index.html', 'text/html'],
  '/page/page.css': ['page.css', 'text/css'],
  '/page/messages.css': ['messages.css', 'text/css'],
  '/page/blocks.css': ['blocks.css', 'text/css'],
  '/page/forms.css': ['forms.css', 'text/css'],
  '/page/app.js': ['app.js', 'text/javascript'],
  '/page/dom.js': ['dom.js', 'text/javascript'],
  '/page/text.js': ['text.js', 'text/javascript'],
  '/page/blocks.js': ['blocks.js', 'text/javascript'],
  '/page/messages.js': ['messages.js', 'text/javascript'],
  '/page/modal.js': ['modal.js', 'text/javascript'],
}

// No inline script runs and nothing is loaded from elsewhere, so that message text can never become code.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** Serves the page, its state, its changes as server-sent events, and what people do on it. */
export function servePage(desk: Desk) {
  return async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isLocalRequest(request)) return refuse(response, 403, 'this page answers on loopback only')
    if (request.method === 'POST') return takeAction(desk, path, request, response)
    const query = new URL(request.url ?? '/', 'http://local').searchParams
    if (path === '/page/state') return sendJson(response, 200, describeForPage(desk, Object.fromEntries(query)))
    if (path === '/page/changes') return streamChanges(desk, request, response)
    if (path.startsWith('/page/files/')) return sendFile(desk, path.slice('/page/files/'.length), response)
    if (path.startsWith('/archives/')) return void response.writeHead(302, { location: '/' }).end()
    const [name, type] = files[path] ?? []
    if (!name) return refuse(response, 404, 'there is no such page')
    const content = await readFile(new URL(name, import.meta.url))
    response.writeHead(200, { ...headers, 'content-type': `${type}; charset=utf-8` }).end(content)
  }
}

async function takeAction(desk: Desk, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isSameOrigin(request)) return refuse(response, 403, 'only this page may act')
  if (!request.headers['content-type']?.startsWith('application/json')) return refuse(response, 415, 'JSON only')
  try {
    const body: unknown = JSON.parse((await readBody(request)).toString('utf8'))
    if (!isObject(body)) return refuse(response, 400, 'JSON object expected')
    const answer = await actForPage(desk, path.replace('/page/', ''), body)
    sendJson(response, 200, { ok: true, ...answer })
  } catch (error) {
    sendJson(response, 400, { ok: false, error: error instanceof Error ? error.message : String(error) })
  }
}

/** One event for each burst of changes; the page then asks for the state it shows. */
function streamChanges(desk: Desk, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' })
  response.write('retry: 1000\n\ndata: hello\n\n')
  let planned: NodeJS.Timeout | undefined
  const tell = () => {
    planned ??= setTimeout(() => {
      planned = undefined
      response.write('data: change\n\n')
    }, 60)
  }
  const beat = setInterval(() => response.write(': alive\n\n'), 15_000)
  desk.state.changes.on('change', tell)
  request.on('close', () => {
    clearInterval(beat)
    clearTimeout(planned)
    desk.state.changes.off('change', tell)
  })
}

/** Files are shown as text or downloaded, never run: an uploaded page cannot act here. */
function sendFile(desk: Desk, id: string, response: ServerResponse): void {
  const file = desk.state.files.get(id)
  if (!file) {
    refuse(response, 404, 'there is no such file')
    return
  }
  const isImage = /\.(png|jpe?g|gif)$/i.exec(file.name)
  const type = isImage ? `image/${isImage[1]?.toLowerCase().replace('jpg', 'jpeg')}` : 'text/plain; charset=utf-8'
  response.writeHead(200, {
    ...headers,
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': type,
  })
  response.end(file.content)
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, why: string): void {
  sendJson(response, status, { ok: false, error: why })
}
