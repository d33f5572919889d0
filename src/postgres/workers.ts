import type pg from 'pg'
import type { WorkerBook } from '../ports/workers.ts'
import type { Row } from './rows.ts'

/** The workers' book over the store's table. */
export function createWorkerBook(pool: pg.Pool): WorkerBook {
  return {
    async sayAlive(name, process, planDigest) {
      await pool.query('SELECT salvor.say_alive($1, $2, $3)', [name, process, planDigest])
    },
    async list() {
      const { rows } = await pool.query<Row>('SELECT * FROM salvor.workers ORDER BY name')
      return rows.map((row) => ({
        name: row.name as string,
        process: row.process as string,
        planDigest: row.plan_digest as string | null,
        seenAt: (row.seen_at as Date).toISOString(),
      }))
    },
  }
}
