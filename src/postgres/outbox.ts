import type pg from 'pg'
import { writeStorableJson } from '../domain/json.ts'
import type { AnswerOutbox, ThreadAnswer } from '../ports/outbox.ts'

/** Answers that wait for Slack. An answer is due once Slack was told the journal up to where it belongs. */
export function createOutbox(pool: pg.Pool): AnswerOutbox {
  return {
    async put({ request, incident, afterNo, card, file }) {
      await pool.query(
        `INSERT INTO salvor.outbox (request, incident, after_no, card, file) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING`,
        [request, incident, afterNo, writeStorableJson(card), file === null ? null : writeStorableJson(file)],
      )
    },
    async listDue() {
      const { rows } = await pool.query<ThreadAnswer>(
        `SELECT o.request, o.incident, o.after_no AS "afterNo", o.card, o.file
           FROM salvor.outbox o JOIN salvor.positions p ON p.incident = o.incident AND p.surface = 'slack'
          WHERE o.told_at IS NULL AND p.no >= o.after_no ORDER BY o.id LIMIT 20`,
      )
      return rows
    },
    async markTold(request) {
      await pool.query('UPDATE salvor.outbox SET told_at = now() WHERE request = $1', [request])
    },
  }
}
