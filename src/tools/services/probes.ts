import { connect } from 'node:net'
import type pg from 'pg'
import { readOwnPath, withSession } from '../postgres-session.ts'

const SQL_TIMEOUT_MS = 5000

export interface ProbeAnswer {
  readonly passed: boolean
  /** What was seen: `/healthz 200`, `port 8080 accepts`, `sql answered false`. */
  readonly said: string
}

/** Bytes of an answer that are read: enough for what a health endpoint says of itself. */
const mostRead = 64 * 1024

/** What services call themselves when they are not well, in `status` of a JSON answer; compared in small letters. */
const illWords = new Set(
  'down out_of_service unknown fail failed failing failure error errored unhealthy critical fatal red dead stopped offline unavailable starting not_ready notready ko'.split(
    ' ',
  ),
)

/**
 * Healthy is 2xx, and an answer that does not say otherwise: `{"status":"DOWN"}` with 200 is not well. A redirect is
 * not followed and is not healthy: mostly it leads to a login, which says nothing about the service.
 */
export async function askHttp(url: string, signal: AbortSignal): Promise<ProbeAnswer> {
  const address = new URL(url)
  const { username, password, pathname } = address
  // fetch refuses an address with a password in it.
  address.username = ''
  address.password = ''
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const headers: Record<string, string> = username === '' ? {} : { authorization: `Basic ${basic}` }
  const { status, body } = await fetch(address, { signal, headers, redirect: 'manual' })
  if (status < 200 || status >= 300) {
    await body?.cancel()
    const redirect = status >= 300 && status < 400 ? ', a redirect: name the address that answers itself' : ''
    return { passed: false, said: `${pathname} ${status}${redirect}` }
  }
  const ill = body === null ? null : readIllness(await readBegin(body))
  return { passed: ill === null, said: `${pathname} ${status}${ill === null ? '' : `, but it says ${ill}`}` }
}

async function readBegin(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  // Breaking off cancels the rest.
  for await (const part of body) {
    text += decoder.decode(part, { stream: true })
    if (text.length >= mostRead) break
  }
  return text
}

/** `status DOWN`, where a JSON answer says so of itself at its top; null for any other answer. */
function readIllness(text: string): string | null {
  if (!text.trimStart().startsWith('{')) return null
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return null
  }
  const fields = new Map(Object.entries(said as object).map(([name, value]) => [name.toLowerCase(), value as unknown]))
  for (const name of ['status', 'state', 'health']) {
    const value = fields.get(name)
    if (typeof value === 'string' && illWords.has(value.trim().toLowerCase().replaceAll(/[ -]/g, '_')))
      return `${name} ${value.trim()}`
  }
  return ['status', 'healthy', 'ok', 'ready', 'alive', 'up', 'success'].find((name) => fields.get(name) === false)
    ? 'that it is not well'
    : null
}

/** Healthy is an accepted connection. `host:port`, also `[::1]:5432`. */
export function askTcp(place: string, signal: AbortSignal): Promise<ProbeAnswer> {
  const [, host = '', port = ''] = /^\[?([^\]]*?)\]?:(\d{1,5})$/.exec(place) ?? []
  return new Promise((resolve, reject) => {
    if (port === '') return reject(new Error(`"${place}" is not host:port`))
    const socket = connect({ host: host === '' ? '127.0.0.1' : host, port: Number(port) })
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort)
      socket.destroy()
      settle()
    }
    const onAbort = () => end(() => reject(signal.reason))
    signal.addEventListener('abort', onAbort, { once: true })
    socket.once('connect', () => end(() => resolve({ passed: true, said: `port ${port} accepts` })))
    socket.once('error', (error) => end(() => reject(error)))
  })
}

/** Healthy is a first value that is neither false, zero, empty nor null. Read-only; the value itself stays in here. */
export async function askSql(url: string | undefined, sql: string, signal: AbortSignal): Promise<ProbeAnswer> {
  if (url === undefined) throw new Error('there is no database to ask')
  const target = { system: 'the health check', url, session: { step: 'health', fence: 0 } }
  const path = await readOwnPath(target, { signal })
  return withSession({ ...target, statementTimeoutMs: SQL_TIMEOUT_MS, signal }, async (client) => {
    await client.query('BEGIN TRANSACTION READ ONLY')
    await client.query(`SELECT set_config('search_path', $1, true)`, [path])
    // The extended protocol takes one statement: none can end the transaction and go on.
    const question = { text: sql, rowMode: 'array', queryMode: 'extended' } as pg.QueryArrayConfig
    const { rows } = await client.query<unknown[]>(question)
    const passed = isTruthy(rows[0]?.[0])
    return { passed, said: passed ? 'sql passed' : rows.length === 0 ? 'sql answered no row' : 'sql did not pass' }
  })
}

function isTruthy(value: unknown): boolean {
  if (typeof value === 'string') return !['', '0', 'f', 'false', 'no', 'off'].includes(value.trim().toLowerCase())
  return Boolean(value)
}
