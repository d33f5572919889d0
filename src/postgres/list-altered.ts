import type pg from 'pg'

/**
 * What finished steps found stands twice: in their rows, where the next steps and the evidence of an approval read it,
 * and in the journal, hashed with the event that told it. Answers the steps where these differ, or where the event's own
 * hash does not fit. Of a step that a person settled nothing was found.
 */
export async function listAltered(pool: pg.Pool, job: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT s.name
       FROM salvor.jobs j
       JOIN salvor.steps s ON s.job = j.id AND s.state = 'done'
       LEFT JOIN LATERAL (
         SELECT e.type, e.data, e.hash, e.content FROM salvor.events e
          WHERE e.incident = j.incident AND e.job = j.id AND e.data->>'step' = s.name
            AND (e.type = 'step_done' OR (e.type = 'step_settled' AND e.data->>'answer' = 'done' AND e.actor <> 'salvor'))
          ORDER BY e.no DESC LIMIT 1) told ON true
      WHERE j.id = $1
        AND (told.type IS NULL
             OR told.hash <> encode(sha256(convert_to(told.content, 'UTF8')), 'hex')
             OR told.content::jsonb->'data' <> told.data
             OR coalesce(s.output, 'null') <> CASE told.type WHEN 'step_done' THEN told.data->'output' ELSE 'null' END
             OR s.records <> coalesce((
                  SELECT jsonb_object_agg(r.name, r.value) FROM (
                    SELECT DISTINCT ON (e.data->>'name') e.data->>'name' AS name, e.data->'value' AS value
                      FROM salvor.events e
                     WHERE e.incident = j.incident AND e.job = j.id AND e.type = 'step_recorded' AND e.data->>'step' = s.name
                     ORDER BY e.data->>'name', e.no DESC) r), '{}'))
      ORDER BY s.position`,
    [job],
  )
  return rows.map(({ name }) => name)
}
