import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Tokens } from './serve-web-api.ts'
import type { State } from './state.ts'

/**
 * A file's content for an app that shows its token. Whoever shows none, or lacks the scope, gets what Slack gives:
 * success, and a page for browsers to log in.
 */
export function serveDownload(state: State, tokens: Tokens) {
  return (name: string, request: IncomingMessage, response: ServerResponse): void => {
    const id = name.split('-').at(-1) ?? ''
    const file = state.files.get(id)
    const isAllowed =
      request.headers.authorization === `Bearer ${tokens.bot}` && (tokens.scopes?.includes('files:read') ?? true)
    if (!isAllowed) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      return void response.end('<!DOCTYPE html><html><head><title>Sign in</title></head></html>')
    }
    if (file?.state !== 'completed') return void response.writeHead(404, { 'content-type': 'text/html' }).end()
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.content.length })
    response.end(file.content)
  }
}
