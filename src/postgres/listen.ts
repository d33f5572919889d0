import pg from 'pg'
import type { Log } from '../ports/log.ts'

/**
 * Hears the store's notifications on a client of its own (never through a transaction pooler). After each
 * (re)connection `onNews` is called once, because what was notified in the gap is lost.
 */
export function listenForEvents(url: string, log: Log, onNews: () => void): { close(): Promise<void> } {
  let client: pg.Client | undefined
  let closed = false
  let timer: NodeJS.Timeout | undefined
  const again = () => {
    if (closed || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, 1_000)
  }
  const connect = async () => {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'salvor:listen',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    })
    client = fresh
    fresh.on('error', (error) => log.debug({ error: error.message }, 'the listening session was lost'))
    fresh.on('end', again)
    fresh.on('notification', onNews)
    try {
      await fresh.connect()
      await fresh.query('LISTEN salvor_events')
      onNews()
    } catch {
      await fresh.end().catch(() => {})
      again()
    }
  }
  void connect()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
