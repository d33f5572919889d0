import pg from 'pg'
import { SalvorError } from '../domain/errors/fail.ts'
import type { SessionName, TargetAddress } from '../ports/content-tools.ts'
import { passAnyBytes } from './any-bytes.ts'
import { forgetTriggers, isUnknown, learnTriggers, silenceTriggers } from './event-triggers.ts'
import { codeOf, mapConnectError, mapTargetError } from './postgres-errors.ts'
import { withoutOptions, writeStartupOptions } from './session-settings.ts'

export interface SessionOptions {
  /** Name of the system in the plan, for messages. */
  readonly system: string
  /** Expanded: it carries a password and never enters an error. */
  readonly url: string
  /** Replaces the url's database. */
  readonly database?: string
  readonly session: SessionName
  /** Milliseconds a statement may take; 0, the default, is no limit. */
  readonly statementTimeoutMs?: number
  /** Milliseconds a statement may wait for a lock; 0, the default, is no limit. */
  readonly lockTimeoutMs?: number
  /** On abort the connection is cut; the server ends its backend within a second. */
  readonly signal?: AbortSignal
}

const CONNECT_TIMEOUT_MS = 10_000
/** A setting that the server does not know, or that the role may not set. */
const NOT_SETTABLE = new Set(['42704', '42501'])
/** PostgreSQL cuts longer names silently, and a cut name could not be found again. */
const NAME_BYTES = 63

/** `salvor:<step>:<fence>:<installation>`: the application_name by which a step's sessions are found and ended. */
export function nameSession(session: SessionName): string {
  const { step, fence, installation } = session
  const name = `salvor:${step}:${fence}${installation === undefined ? '' : `:${installation}`}`
  if (Buffer.byteLength(name) > NAME_BYTES)
    throw new RangeError(`session name longer than ${NAME_BYTES} bytes: ${name}`)
  return name
}

/** Where to connect, with another database if one is asked for. Throws target_unreachable, without the url, where it is none. */
function readAddress({ url, database, system }: SessionOptions): URL {
  const address = parseUrl(url, system)
  if (database !== undefined) address.pathname = `/${encodeURIComponent(database)}`
  return address
}

/** The database that a url names. */
export function databaseOfUrl(url: string, system: string): string {
  const address = parseUrl(url, system)
  return decodeURIComponent(address.pathname.slice(1)) || decodeURIComponent(address.username) || 'postgres'
}

/** Runs `work` on a session of its own on the target's database and closes it whatever happens. */
export async function withTargetSession<T>(
  target: TargetAddress,
  options: Pick<SessionOptions, 'database' | 'statementTimeoutMs' | 'lockTimeoutMs' | 'signal'>,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return withSession({ system: target.system, url: target.url, session: target.session, ...options }, work)
}

/** As withTargetSession, for any url (the maintenance connection, a source). Connection errors become target_* errors. */
export async function withSession<T>(options: SessionOptions, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await openSession(options)
  try {
    return await work(client)
  } catch (thrown) {
    throw options.signal?.aborted ? options.signal.reason : mapTargetError(thrown, options.system)
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * Opens a session that can be found, that dies with its client, in which names are PostgreSQL's own, and whose text
 * output does not depend on the server's settings. The caller ends it. Throws target_unreachable, target_refused or
 * target_lost.
 */
export function openSession(options: SessionOptions): Promise<pg.Client> {
  return connect(options, 'of PostgreSQL', async (client) => {
    await refuseSuperuser(client, options)
    await applySettings(client, options)
    await passAnyBytes(client)
  })
}

/**
 * The search_path that a session of this role in this database has by itself: for the plan's own SQL, which counts on
 * it. Asked on a session of its own by a statement that looks up no name. `instead` may look there and know better.
 */
export async function readOwnPath(
  target: Pick<TargetAddress, 'system' | 'url' | 'session'>,
  options: Pick<SessionOptions, 'database' | 'signal'>,
  instead: (client: pg.Client) => Promise<string | undefined> = async () => undefined,
): Promise<string> {
  const { system, url, session } = target
  const client = await connect({ system, url, session, ...options }, 'of the database', async () => {})
  try {
    const { rows } = await client.query<{ search_path: string }>('SHOW search_path')
    return (await instead(client)) ?? rows[0]?.search_path ?? ''
  } catch (thrown) {
    throw options.signal?.aborted ? options.signal.reason : mapTargetError(thrown, system)
  } finally {
    await client.end().catch(() => {})
  }
}

async function connect(
  options: SessionOptions,
  names: 'of PostgreSQL' | 'of the database',
  prepare: (client: pg.Client) => Promise<void>,
): Promise<pg.Client> {
  options.signal?.throwIfAborted()
  const address = readAddress(options)
  const url = withoutOptions(address)
  if (isUnknown(url)) {
    const session = nameSession(options.session)
    const asking = new pg.Client({
      ...readFields(url),
      database: 'postgres',
      application_name: session,
      options: writeStartupOptions(address.href),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    })
    asking.on('error', () => {})
    const cutAsking = () => cutConnection(asking)
    options.signal?.addEventListener('abort', cutAsking, { once: true })
    await learnTriggers(asking, url)
    options.signal?.removeEventListener('abort', cutAsking)
    options.signal?.throwIfAborted()
  }
  const client = new pg.Client({
    ...readFields(url),
    database: databaseOfUrl(address.href, options.system),
    application_name: nameSession(options.session),
    options: writeStartupOptions(address.href, silenceTriggers(url), names),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  // Without a handler a broken idle connection would end the process; the next query reports it.
  client.on('error', () => {})
  const cut = () => cutConnection(client)
  options.signal?.addEventListener('abort', cut, { once: true })
  client.once('end', () => options.signal?.removeEventListener('abort', cut))
  try {
    await client.connect()
    await prepare(client)
    return client
  } catch (thrown) {
    await client.end().catch(() => {})
    // Another server than the one that was asked, or other rights by now.
    if (NOT_SETTABLE.has(codeOf(thrown)) && forgetTriggers(url)) return connect(options, names, prepare)
    throw options.signal?.aborted ? options.signal.reason : mapConnectError(thrown, options.system, url)
  }
}

/**
 * Everything of an address but its database, as the driver reads it. The name it would read as decodeURI does, which
 * leaves escapes of `&`, `=`, `?`, `$` and `/` as they stand: another name.
 */
function readFields(url: string): pg.ClientConfig {
  const address = new URL(url)
  address.pathname = '/'
  const { host, port, user, password, ssl } = new pg.Client({ connectionString: address.href })
  return { host, port, ssl, ...(user === undefined ? {} : { user }), ...(password == null ? {} : { password }) }
}

/** Roles that may do at the server's files and programs whatever its account may are superusers by another name. */
async function refuseSuperuser(client: pg.Client, { session, system }: SessionOptions): Promise<void> {
  if (session.refusesSuperuser !== true) return
  const { rows } = await client.query<{ role: string }>(
    `SELECT session_user::text AS role FROM pg_roles r
      WHERE (r.rolsuper OR r.rolname IN ('pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files'))
        AND pg_has_role(session_user, r.oid, 'MEMBER') LIMIT 1`,
  )
  const [row] = rows
  if (row !== undefined) throw new SalvorError('target_superuser', { role: row.role, system })
}

/** How values print in whatever is kept of a database and compared later. */
export const printedAs = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'iso_8601',
  extra_float_digits: '1',
  bytea_output: 'hex',
  xmlbinary: 'base64',
  lc_monetary: 'C',
} as const

/** Settings that a server's version does not know are left out; a role's own timeouts must not end a long read. */
async function applySettings(client: pg.Client, options: SessionOptions): Promise<void> {
  const settings = {
    client_connection_check_interval: '1s',
    ...printedAs,
    statement_timeout: String(options.statementTimeoutMs ?? 0),
    lock_timeout: String(options.lockTimeoutMs ?? 0),
    idle_in_transaction_session_timeout: '0',
    idle_session_timeout: '0',
    transaction_timeout: '0',
  }
  await client.query(
    `SELECT set_config(s.name, wanted.value, false)
       FROM json_each_text($1) AS wanted(name, value) JOIN pg_settings s ON lower(s.name) = lower(wanted.name)`,
    [JSON.stringify(settings)],
  )
}

/** Ends the socket at once: a polite Terminate would wait behind the statement that is to be left. */
function cutConnection(client: pg.Client): void {
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } }
  connection?.stream?.destroy()
}

function parseUrl(url: string, system: string): URL {
  try {
    return new URL(url)
  } catch {
    // The URL error would carry the whole text, password included.
    throw mapConnectError(new Error('its url in the plan is not a PostgreSQL address'), system, '')
  }
}
