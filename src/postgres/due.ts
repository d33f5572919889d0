import type pg from 'pg'
import type { Due } from '../domain/due.ts'
import type { DueReader, DueTx } from '../ports/due.ts'
import type { Row } from './rows.ts'

interface Queryable {
  query<R extends Row>(sql: string, values?: unknown[]): Promise<{ rows: R[]; rowCount: number | null }>
}

/** Reads what is due. Every comparison of times is the store's, so that keepers with other clocks agree. */
export function createDueReader(pool: Queryable): DueReader {
  return {
    async lookAtDue(kinds, limit) {
      // What is due and the first that is not, in one statement.
      const { rows } = await pool.query<Row>(
        `SELECT d.*, greatest(0, ceil(extract(epoch FROM d.at - clock_timestamp()) * 1000))::float8 AS in_ms
           FROM salvor.due d WHERE d.kind = ANY ($1) ORDER BY d.at LIMIT $2 + 1`,
        [kinds, limit],
      )
      const next = rows.find((row) => Number(row.in_ms) > 0)
      return {
        now: rows.filter((row) => row.in_ms === 0).map(readDue),
        nextMs: next === undefined ? null : Number(next.in_ms),
      }
    },
    async listDue(incident) {
      const { rows } = await pool.query<Row>('SELECT * FROM salvor.due WHERE incident = $1 ORDER BY at, id', [incident])
      return rows.map(readDue)
    },
  }
}

/** The moves' view of what is due. */
export function createDueTx(client: pg.ClientBase): DueTx {
  return {
    async takeDue(id) {
      const taken = await client.query('DELETE FROM salvor.due WHERE id = $1 AND at <= clock_timestamp()', [id])
      return taken.rowCount === 1
    },
    async putDue({ id, kind, subject, incident, job, inMs, tries = 0 }) {
      await client.query(
        `INSERT INTO salvor.due (id, kind, subject, incident, job, at, tries)
         VALUES ($1, $2, $3, $4, $5, clock_timestamp() + $6::float8 * interval '1 ms', $7)
         ON CONFLICT (id) DO UPDATE SET at = excluded.at, tries = excluded.tries`,
        [id, kind, subject, incident, job, inMs, tries],
      )
    },
    async dropDue(id) {
      await client.query('DELETE FROM salvor.due WHERE id = $1', [id])
    },
  }
}

function readDue(row: Row): Due {
  const { id, kind, subject, incident, job, at, tries } = row
  const revived = { id, kind, subject, job, tries, incident: Number(incident), at: (at as Date).toISOString() }
  return revived as unknown as Due
}
