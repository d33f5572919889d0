import type { ServerResponse } from 'node:http'
import type { State } from '../state.ts'
import type { PageFile } from './build-page.ts'

// No inline script runs and nothing is loaded from elsewhere, so that message text can never become code.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** What every answer of the page carries. */
export const pageHeaders = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...pageHeaders, 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Says no, and why. */
export function refuse(response: ServerResponse, status: number, why: string): void {
  sendJson(response, status, { ok: false, error: why })
}

/** Sends a file of the built page. */
export function sendPageFile(file: PageFile, response: ServerResponse): void {
  response.writeHead(200, { ...pageHeaders, 'content-type': file.type }).end(file.content)
}

/** Files are shown as text or pictures, or downloaded, never run: an uploaded page cannot act here. */
export function sendFile(state: State, id: string, download: boolean, response: ServerResponse): void {
  const file = state.files.get(id)
  if (!file) {
    refuse(response, 404, 'there is no such file')
    return
  }
  const picture = /\.(png|jpe?g|gif)$/i.exec(file.name)
  const type = picture ? `image/${picture[1]?.toLowerCase().replace('jpg', 'jpeg')}` : 'text/plain; charset=utf-8'
  response.writeHead(200, {
    ...pageHeaders,
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': type,
    ...(download ? { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` } : {}),
  })
  response.end(file.content)
}
