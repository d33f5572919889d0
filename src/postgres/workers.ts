import type pg from 'pg'
import type { WorkerBook } from '../ports/workers.ts'
import type { Row } from './rows.ts'

/** The workers' book over the store's table. */
export function createWorkerBook(pool: pg.Pool): WorkerBook {
  return {
    async sayAlive(name, process, planDigest) {
      await pool.query(
        `INSERT INTO salvor.workers (name, process, plan_digest, seen_at) VALUES ($1, $2, $3, now())
         ON CONFLICT (name) DO UPDATE SET process = excluded.process, plan_digest = excluded.plan_digest, seen_at = now()`,
        [name, process, planDigest],
      )
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
