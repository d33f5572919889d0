import type pg from 'pg'
import type { WorkerBook } from '../ports/workers.ts'
import { findHolder } from './held-key.ts'
import { keyOfStep, nameOfLease } from './lease.ts'
import type { Row } from './rows.ts'

/** The workers' book over the store's table. */
export function createWorkerBook(pool: pg.Pool): WorkerBook {
  return {
    async sayAlive(name, process, planDigest) {
      await pool.query('SELECT salvor.say_alive($1, $2, $3)', [name, process, planDigest])
    },
    findHolder: (key) => findHolder(pool, key),
    findStranger: (step, worker) =>
      findHolder(
        pool,
        keyOfStep(step),
        `(a.application_name <> $2 OR NOT has_function_privilege(a.usename, 'salvor.append(text)', 'EXECUTE')
          OR NOT (has_table_privilege(a.usename, 'salvor.decisions', 'INSERT') OR $3::text IS NULL OR coalesce(
            (SELECT r.worker = $3 FROM salvor.worker_roles r WHERE r.role = a.usename),
            NOT EXISTS (SELECT FROM salvor.worker_roles r WHERE r.worker = $3))))`,
        [nameOfLease(step), worker],
      ),
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
