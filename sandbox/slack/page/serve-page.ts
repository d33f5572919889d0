import type { IncomingMessage, ServerResponse } from 'node:http'
import { isObject } from '../blocks/shape.ts'
import type { Desk } from '../people/desk.ts'
import { readBody } from '../read-arguments.ts'
import { announceChange } from '../state.ts'
import { actForPage } from './act-for-page.ts'
import { buildPage } from './build-page.ts'
import { describeForPage } from './describe-for-page.ts'
import { turnFault } from './fault-switches.ts'
import { isOwnSite, isSameOrigin, readBehindKey } from './guard.ts'
import { pageHeaders, refuse, sendFile, sendJson, sendPageFile } from './send.ts'
import { streamChanges } from './stream-changes.ts'
import type { Answer, CommandHint, PanelProvider } from './wire.ts'

/** What whoever starts the workspace adds to its page. */
export interface PageOptions {
  /** Offered while somebody types; default: none. */
  readonly commands?: readonly CommandHint[]
  /** Fills the panel beside the conversation; without it there is none. */
  readonly panel?: PanelProvider
}

/** Serves the page, its state, its changes as server-sent events, and what people do on it. */
export function servePage(desk: Desk, key: string, options: PageOptions = {}) {
  return async (whole: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = readBehindKey(whole, key)
    if (path === undefined || !isOwnSite(request))
      return refuse(response, 403, 'this page opens by the address that the sandbox printed')
    // Without the slash the page would look for its parts beside the key.
    if (path === '') return void response.writeHead(302, { ...pageHeaders, location: `/${key}/` }).end()
    if (request.method === 'POST') return takeAction(desk, options, path, request, response)
    const query = new URL(request.url ?? '/', 'http://local').searchParams
    if (path === '/page/state') return sendJson(response, 200, describeForPage(desk, Object.fromEntries(query)))
    if (path === '/page/changes') return streamChanges(desk.state, request, response)
    if (path === '/page/commands') return sendJson(response, 200, options.commands ?? [])
    if (path === '/page/panel') return sendPanel(options.panel, response)
    if (path.startsWith('/page/files/'))
      return sendFile(desk.state, path.slice('/page/files/'.length), query.has('download'), response)
    if (path.startsWith('/archives/')) return sendToPlace(key, path, query.get('thread_ts'), response)
    const file = (await buildPage()).get(path)
    if (!file) return refuse(response, 404, 'there is no such page')
    sendPageFile(file, response)
  }
}

async function takeAction(
  desk: Desk,
  options: PageOptions,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isSameOrigin(request)) return refuse(response, 403, 'only this page may act')
  if (!request.headers['content-type']?.startsWith('application/json')) return refuse(response, 415, 'JSON only')
  try {
    const body: unknown = JSON.parse((await readBody(request)).toString('utf8'))
    if (!isObject(body)) return refuse(response, 400, 'JSON object expected')
    const answer: Answer = { ok: true, ...(await take(desk, options, path.replace('/page/', ''), body)) }
    sendJson(response, 200, answer)
  } catch (error) {
    const answer: Answer = { ok: false, error: error instanceof Error ? error.message : String(error) }
    sendJson(response, 400, answer)
  }
}

async function take(desk: Desk, options: PageOptions, action: string, body: Record<string, unknown>) {
  if (action === 'fault') {
    turnFault(desk, String(body.name), body.on === true, body.options)
    announceChange(desk.state)
    return {}
  }
  if (action !== 'panel') return actForPage(desk, action, body)
  if (!options.panel) throw new Error('this workspace has no panel')
  if (body.action !== 'reset') throw new Error(`the panel cannot ${String(body.action)}`)
  await options.panel.act(body.action, body)
  announceChange(desk.state)
  return {}
}

async function sendPanel(panel: PanelProvider | undefined, response: ServerResponse): Promise<void> {
  if (panel) return sendJson(response, 200, await panel.describe())
  response.writeHead(204, { 'cache-control': 'no-store' }).end()
}

/** A permalink leads to its place on the page: the thread that it stands in, or else its channel. */
function sendToPlace(key: string, path: string, thread: string | null, response: ServerResponse): void {
  const [, , channel = '', mark = ''] = path.split('/')
  const ts = mark.replace(/^p(\d+)(\d{6})$/, '$1.$2')
  const location = `/${key}/#/${encodeURIComponent(channel)}/${encodeURIComponent(thread ?? ts)}`
  response.writeHead(302, { location }).end()
}
