import pg from 'pg'
import type { Log } from '../ports/log.ts'
import type { Lease, Leases } from '../ports/store.ts'
import { writeJsonb } from './jsonb.ts'
import { storeTypes } from './pool.ts'
import { createStoreTx } from './transaction.ts'
import { tryAgain } from './try-again.ts'

/** A third of what the server allows leaves room for a lost packet and a slow disk. */
const keepAliveMs = 3_000

/**
 * Leases on steps: an advisory lock on a session of its own, never of a pool, over a direct connection. The
 * server ends the session when it was silent for 15 s (`idle_session_timeout`), so a frozen holder loses the
 * lock; the holder itself gives up earlier, see the runner.
 */
export function createLeases(url: string, log: Log): Leases {
  return {
    async tryHold(step) {
      const client = new pg.Client({
        connectionString: url,
        application_name: `salvor:lease:${step}`.slice(0, 63),
        connectionTimeoutMillis: 5_000,
        keepAlive: true,
        types: storeTypes,
        options: '-c idle_session_timeout=15s -c idle_in_transaction_session_timeout=15s -c statement_timeout=10s',
      })
      const lost = new Set<() => void>()
      const stop = new Set<() => void>()
      let ended = false
      const tellLost = () => {
        if (ended) return
        ended = true
        for (const listener of lost) listener()
      }
      client.on('error', (error) => {
        log.warn({ step, error: error.message }, 'lease session lost')
        tellLost()
      })
      client.on('end', tellLost)
      await client.connect()
      const { rows } = await client.query<{ held: boolean }>(
        `SELECT pg_try_advisory_lock(hashtextextended('salvor step ' || $1, 0)) AS held`,
        [step],
      )
      if (!rows[0]?.held) {
        ended = true
        await client.end().catch(() => {})
        return undefined
      }
      client.on('notification', (message) => {
        if (message.channel === 'salvor_stop' && step.startsWith(`${message.payload}/`))
          for (const listener of stop) listener()
      })
      await client.query('LISTEN salvor_stop')
      return createLease(client, step, lost, stop, () => {
        ended = true
      })
    },
  }
}

/** Milliseconds for the goodbye; then the socket is closed, and the server ends the session by itself. */
const closeWithinMs = 2_000

/** node-postgres has no public way to drop a connection without a word. */
function cutConnection(client: pg.Client): void {
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } }
  connection?.stream?.destroy()
}

function createLease(
  client: pg.Client,
  step: string,
  lost: Set<() => void>,
  stop: Set<() => void>,
  markEnded: () => void,
): Lease {
  // One thing at a time on this session: a beat inside somebody's transaction would be rolled back with it.
  let queue: Promise<unknown> = Promise.resolve()
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work)
    queue = next.catch(() => {})
    return next
  }
  // Collecting evidence or asking the world may take longer than the server lets a session be silent.
  const keepAlive = setInterval(() => void alone(() => client.query('SELECT 1')).catch(() => {}), keepAliveMs)
  keepAlive.unref()
  return {
    step,
    transaction: (work) =>
      alone(() =>
        tryAgain(async () => {
          await client.query('BEGIN')
          try {
            const result = await work(createStoreTx(client))
            await client.query('COMMIT')
            return result
          } catch (error) {
            await client.query('ROLLBACK').catch(() => {})
            throw error
          }
        }),
      ),
    beat: ({ fence, runner, progress }) =>
      alone(async () => {
        const { rows } = await client.query<{ stop_requested_by: string | null }>(
          'SELECT stop_requested_by FROM salvor.beat($1, $2, $3, $4)',
          [step, fence, runner, progress === null ? null : writeJsonb(progress)],
        )
        return { stopRequestedBy: rows[0]?.stop_requested_by ?? null, stillMine: rows.length === 1 }
      }),
    onStop: (listener) => stop.add(listener),
    onLost: (listener) => lost.add(listener),
    async close() {
      markEnded()
      clearInterval(keepAlive)
      // A store that went silent answers no goodbye either; who holds the lease next must not wait for that here.
      const late = new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref())
      await Promise.race([alone(() => client.end()).catch(() => {}), late])
      cutConnection(client)
    },
  }
}
