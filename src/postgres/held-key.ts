import pg from 'pg'
import type { Log } from '../ports/log.ts'
import type { Holder } from '../ports/workers.ts'
import { storeTypes } from './pool.ts'

/** A third of what the server allows leaves room for a lost packet and a slow disk. */
const keepAliveMs = 3_000
/** Milliseconds for the goodbye; then the socket is closed, and the server ends the session by itself. */
const closeWithinMs = 2_000

/** An advisory lock on a session of its own, held until it is closed or lost. */
export interface HeldKey {
  readonly client: pg.Client
  /** One thing at a time on this session: what is said in somebody's transaction would be rolled back with it. */
  alone<T>(work: () => Promise<T>): Promise<T>
  onLost(listener: () => void): void
  close(): Promise<void>
}

/** Of the locks in pg_locks `l`, the one for the key in the first parameter. */
const isKey = `l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
  AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1, 0)`

/** Who holds a key now; more conditions on pg_stat_activity `a` with parameters of their own. */
export async function findHolder(
  client: pg.Pool | pg.ClientBase,
  key: string,
  more = 'true',
  values: readonly unknown[] = [],
): Promise<Holder | undefined> {
  const { rows } = await client.query<Holder>(
    `SELECT a.pid, a.usename AS role, a.application_name AS application
       FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE ${isKey} AND ${more} LIMIT 1`,
    [key, ...values],
  )
  return rows[0]
}

/**
 * Takes a key that nobody holds, over a direct connection and never out of a pool: when its session ends, however it
 * ends, the key is free. The server ends a session that was silent for 15 s, so a frozen holder loses it. Undefined when
 * somebody else holds it.
 */
export async function holdKey(url: string, key: string, name: string, log: Log): Promise<HeldKey | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: name.slice(0, 63),
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: storeTypes,
    options: '-c idle_session_timeout=15s -c idle_in_transaction_session_timeout=15s -c statement_timeout=10s',
  })
  const lost = new Set<() => void>()
  let ended = false
  const tellLost = () => {
    if (ended) return
    ended = true
    for (const listener of lost) listener()
  }
  client.on('error', (error) => {
    log.warn({ key, error: error.message }, 'the session that holds a key was lost')
    tellLost()
  })
  client.on('end', tellLost)
  await client.connect()
  const sql = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held'
  const { rows } = await client.query<{ held: boolean }>(sql, [key])
  if (!rows[0]?.held) {
    ended = true
    await client.end().catch(() => {})
    return undefined
  }
  let queue: Promise<unknown> = Promise.resolve()
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work)
    queue = next.catch(() => {})
    return next
  }
  // What its holder does meanwhile may take longer than the server lets a session be silent.
  const keepAlive = setInterval(() => void alone(() => client.query('SELECT 1')).catch(() => {}), keepAliveMs)
  keepAlive.unref()
  return {
    client,
    alone,
    onLost: (listener) => lost.add(listener),
    async close() {
      ended = true
      clearInterval(keepAlive)
      // A store that went silent answers no goodbye either; who holds the key next must not wait for that here.
      const late = new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref())
      await Promise.race([alone(() => client.end()).catch(() => {}), late])
      cutConnection(client)
    },
  }
}

/** node-postgres has no public way to drop a connection without a word. */
function cutConnection(client: pg.Client): void {
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } }
  connection?.stream?.destroy()
}
