import type pg from 'pg'
import type { Ask } from '../domain/ask.ts'
import { writeStorableJson } from '../domain/json.ts'
import type { AskReader, AskTx, Unasked } from '../ports/asks.ts'
import { columnsOf, updateRow } from './columns.ts'
import { readAsk } from './read-ask.ts'
import type { Row } from './rows.ts'

interface Queryable {
  query<R extends Row>(sql: string, values?: unknown[]): Promise<{ rows: R[] }>
}

/** Reads questions with what was answered, each in one statement. */
export function createAskReader(pool: Queryable): AskReader & { listUnasked(): Promise<Unasked[]> } {
  return {
    findAsk: async (id) => (await selectAsks(pool, 'a.id = $1', [id]))[0],
    listAsks: (incident) => selectAsks(pool, 'a.incident = $1', [incident]),
    async listUnasked() {
      const { rows } = await pool.query<Row>(
        `SELECT * FROM (
           SELECT 'manual' AS kind, s.run, NULL AS job, s.id AS subject
             FROM salvor.run_steps s JOIN salvor.runs r ON r.id = s.run WHERE s.state = 'asked' AND r.state = 'running'
           UNION ALL
           SELECT 'doubt', NULL, s.job, s.id FROM salvor.steps s JOIN salvor.jobs j ON j.id = s.job
            WHERE s.state = 'needs_person' AND j.state = 'needs_person'
           UNION ALL
           SELECT 'step', NULL, j.id, j.id FROM salvor.jobs j WHERE j.state = 'awaiting_person' AND j.stop_requested_at IS NULL
              AND NOT EXISTS (SELECT FROM salvor.asks a JOIN salvor.steps s ON s.job = a.job AND s.state = 'waiting'
                               WHERE a.job = j.id AND a.state <> 'withdrawn'
                                 AND starts_with(a.subject, s.id || '/' || s.attempt || '.'))) w
          WHERE NOT EXISTS (SELECT FROM salvor.asks a WHERE a.subject = w.subject AND a.state = 'asked')`,
      )
      return rows as unknown as Unasked[]
    },
  }
}

/** The moves' view of questions. */
export function createAskTx(client: pg.ClientBase): AskTx {
  return {
    async putAsk({ answerWithinMs, escalateAfterMs, remindEveryMs, ...terms }) {
      const { rows } = await client.query<Row>(
        `INSERT INTO salvor.asks (id, kind, incident, job, run, subject, question, roles, answers, needed, evidence,
                                  state, asked_at, answer_by, remind_every_ms, reminders, remind_at, escalate_to, escalate_at)
         SELECT $5::text || '#' || (SELECT count(*) + 1 FROM salvor.asks WHERE subject = $5), $1, $2::bigint, $3, $4, $5, $6::jsonb,
                $7::text[], $8::text[], $9::int, $10::boolean, 'asked', t.now, t.now + $11::float8 * ms, $12::float8, $13::int,
                t.now + $12 * ms, $14::text[], t.now + $15::float8 * ms
           FROM (SELECT clock_timestamp() AS now, interval '1 ms' AS ms) t
         ON CONFLICT DO NOTHING RETURNING *, '[]'::jsonb AS given`,
        [
          ...[
            terms.kind,
            terms.incident,
            terms.job,
            terms.run,
            terms.subject,
            writeStorableJson(terms.question),
            terms.roles,
          ],
          ...[terms.answers, terms.needed, terms.evidence, answerWithinMs],
          ...[remindEveryMs, terms.reminders, terms.escalateTo, escalateAfterMs],
        ],
      )
      return rows[0] && readAsk(rows[0])
    },
    async lockAsk(subject) {
      const sql = `SELECT id FROM salvor.asks WHERE subject = $1 AND state = 'asked' FOR UPDATE`
      const { rows } = await client.query<{ id: string }>(sql, [subject])
      return rows[0] && (await selectAsks(client, 'a.id = $1', [rows[0].id]))[0]
    },
    async addAnswer(ask, { person, answer, evidence }) {
      await client.query(
        `INSERT INTO salvor.answers (ask, no, person, answer, evidence)
         SELECT $1, count(*) + 1, $2, $3, $4 FROM salvor.answers WHERE ask = $1`,
        [ask, person, answer, evidence],
      )
    },
    updateAsk: (id, patch) => updateRow(client, 'asks', 'id', id, columnsOf('asks', patch as Row)),
  }
}

async function selectAsks(client: Queryable, condition: string, values: unknown[]): Promise<Ask[]> {
  const { rows } = await client.query<Row>(
    `SELECT a.*, (SELECT coalesce(jsonb_agg(to_jsonb(g) ORDER BY g.no), '[]') FROM salvor.answers g WHERE g.ask = a.id) AS given
       FROM salvor.asks a WHERE ${condition} ORDER BY a.asked_at, a.id`,
    values,
  )
  return rows.map(readAsk)
}
