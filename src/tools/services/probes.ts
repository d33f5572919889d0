import { connect } from 'node:net'
import pg from 'pg'

export interface ProbeAnswer {
  readonly passed: boolean
  /** What was seen: `/healthz 200`, `port 8080 accepts`, `sql answered false`. */
  readonly said: string
}

/** Healthy is 2xx or 3xx; a redirect is an answer and is not followed. */
export async function askHttp(url: string, signal: AbortSignal): Promise<ProbeAnswer> {
  const address = new URL(url)
  const { username, password, pathname } = address
  // fetch refuses an address with a password in it.
  address.username = ''
  address.password = ''
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const headers: Record<string, string> = username === '' ? {} : { authorization: `Basic ${basic}` }
  const { status, body } = await fetch(address, { signal, headers, redirect: 'manual' })
  await body?.cancel()
  return { passed: status >= 200 && status < 400, said: `${pathname} ${status}` }
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
  const client = new pg.Client({
    connectionString: url,
    application_name: 'salvor:health',
    connectionTimeoutMillis: 5000,
    statement_timeout: 5000,
  })
  client.on('error', () => {})
  // Closing the connection is what ends a statement that hangs.
  const onAbort = () => void client.end().catch(() => {})
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await client.connect()
    await client.query('BEGIN TRANSACTION READ ONLY')
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array', values: [] })
    const passed = isTruthy(rows[0]?.[0])
    return { passed, said: passed ? 'sql passed' : rows.length === 0 ? 'sql answered no row' : 'sql did not pass' }
  } finally {
    signal.removeEventListener('abort', onAbort)
    await client.end().catch(() => {})
  }
}

function isTruthy(value: unknown): boolean {
  if (typeof value === 'string') return !['', '0', 'f', 'false', 'no', 'off'].includes(value.trim().toLowerCase())
  return Boolean(value)
}
