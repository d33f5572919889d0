import type pg from 'pg'
import { hashLink, writeLink } from '../domain/chain.ts'
import type { NewEvent } from '../domain/events.ts'
import type { Job } from '../domain/job.ts'
import type { Json } from '../domain/json.ts'
import type { Step } from '../domain/step.ts'
import type { NewApproval, StoreTx } from '../ports/store.ts'
import { createCardTx } from './cards.ts'
import { columnsOf, insertRow, updateRow, writeAssignments } from './columns.ts'
import { selectJobView } from './job-view.ts'
import { writeJsonb } from './jsonb.ts'
import { type Row, readIncident } from './rows.ts'
import { createRunTx } from './run-store.ts'

/** The moves' view of one transaction on one client. The caller begins and commits. */
export function createStoreTx(client: pg.ClientBase): StoreTx {
  const lockIncident = async (number: number) => {
    const { rows } = await client.query<Row>(
      // Not FOR UPDATE: that waits for whoever has just inserted a job of the incident, who may be waiting for us.
      'SELECT * FROM salvor.incidents WHERE number = $1 FOR NO KEY UPDATE',
      [number],
    )
    return rows[0] && readIncident(rows[0])
  }
  return {
    ...createRunTx(client),
    async claimRequest(id) {
      // A second delivery waits here until the first has committed, then reads its answer.
      const inserted = await client.query('INSERT INTO salvor.requests (id) VALUES ($1) ON CONFLICT DO NOTHING', [id])
      if (inserted.rowCount === 1) return undefined
      const { rows } = await client.query<{ answer: Json }>('SELECT answer FROM salvor.requests WHERE id = $1', [id])
      return { answer: rows[0]?.answer ?? null }
    },
    async answerRequest(id, answer) {
      await client.query('UPDATE salvor.requests SET answer = $2 WHERE id = $1', [id, writeJsonb(answer)])
    },
    async nextNumber(counter) {
      const { rows } = await client.query<{ value: number }>(
        `INSERT INTO salvor.counters (name, value) VALUES ($1, 1)
         ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value`,
        [counter],
      )
      return rows[0]?.value ?? Number.NaN
    },
    lockIncident,
    async insertIncident(incident) {
      await insertRow(client, 'incidents', columnsOf('incidents', incident as unknown as Row))
    },
    async updateIncident(number, patch) {
      await updateRow(client, 'incidents', 'number', number, columnsOf('incidents', patch as Row))
    },
    async lockJob(id) {
      const { rows } = await client.query<{ incident: number }>(
        'SELECT incident FROM salvor.jobs WHERE id = $1 FOR NO KEY UPDATE',
        [id],
      )
      const [found] = rows
      if (found === undefined) return undefined
      // Always in this order, before any lock on a target: what a move appends later must not wait the other way round.
      await lockIncident(found.incident)
      return selectJobView(client, id)
    },
    async insertJob(job: Job) {
      await insertRow(client, 'jobs', columnsOf('jobs', job as unknown as Row))
    },
    async updateJob(id, patch) {
      await updateRow(client, 'jobs', 'id', id, columnsOf('jobs', patch as Row))
    },
    async insertSteps(steps: readonly Step[]) {
      for (const step of steps) await insertRow(client, 'steps', columnsOf('steps', step as unknown as Row))
    },
    async moveStep(id, from, patch) {
      const assigned = writeAssignments(columnsOf('steps', patch as Row), 5)
      const result = await client.query(
        `UPDATE salvor.steps SET ${assigned.sql} WHERE id = $1 AND state = $2
           AND ($3::bigint IS NULL OR fence = $3) AND ($4::text IS NULL OR runner = $4)`,
        [id, from.state, from.fence ?? null, from.runner ?? null, ...assigned.values],
      )
      return result.rowCount === 1
    },
    async insertApproval(approval: NewApproval) {
      await insertRow(client, 'approvals', columnsOf('approvals', approval as unknown as Row))
    },
    async updateApproval(id, patch) {
      await updateRow(client, 'approvals', 'id', id, columnsOf('approvals', patch as Row))
    },
    async addDecision(approval, decision) {
      const { person, decision: said, reason, at, factor, emergency } = decision
      const result = await client.query(
        `INSERT INTO salvor.decisions (approval, person, decision, reason, at, factor, emergency)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING`,
        [approval, person, said, reason, at, factor ?? null, emergency ?? false],
      )
      return result.rowCount === 1
    },
    async addAcceptance(job, { step, by, reason, at, ...finding }) {
      await client.query(
        `INSERT INTO salvor.acceptances (job, step, digest, finding, person, reason, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [job, step, finding.digest, writeJsonb(finding), by, reason, at],
      )
    },
    ...createCardTx(client),
    async takeLock(target, job, reason) {
      await client.query(
        `INSERT INTO salvor.locks (target, job, reason, taken_at) VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING`,
        [target, job, reason],
      )
      const { rows } = await client.query<{ job: string }>('SELECT job FROM salvor.locks WHERE target = $1', [target])
      return rows[0]?.job ?? job
    },
    async releaseLock(target, job) {
      const result = await client.query('DELETE FROM salvor.locks WHERE target = $1 AND job = $2', [target, job])
      return result.rowCount === 1
    },
    async announceStop(job) {
      await client.query(`SELECT pg_notify('salvor_stop', $1)`, [job])
    },
    async findPinned(incident, ts) {
      const { rows } = await client.query<{ type: string; text: string | null }>(
        `SELECT type, data->>'text' AS text FROM salvor.events
          WHERE incident = $1 AND data->>'ts' = $2
            AND type IN ('message_pinned', 'message_unpinned', 'message_edited', 'message_deleted') ORDER BY no DESC`,
        [incident, ts],
      )
      const [newest] = rows
      if (newest === undefined) return undefined
      return {
        pinned: newest.type === 'message_pinned' || newest.type === 'message_edited',
        text: rows.find(({ text }) => text !== null)?.text ?? '',
      }
    },
    append: (number, ...events) => appendEvents(client, number, events, lockIncident),
  }
}

/**
 * Appends to the journal under the lock of the incident's row. The time is the store's own clock, so that events
 * of several processes stand in one order; listeners are told when the transaction commits.
 */
async function appendEvents(
  client: pg.ClientBase,
  number: number,
  events: readonly NewEvent[],
  lockIncident: StoreTx['lockIncident'],
): Promise<number> {
  const incident = await lockIncident(number)
  if (!incident) throw new Error(`no incident ${number} to append to`)
  const { rows } = await client.query<{ at: Date }>(`SELECT date_trunc('milliseconds', clock_timestamp()) AS at`)
  const at = (rows[0]?.at ?? new Date()).toISOString()
  let { headNo: no, headHash: prevHash } = incident
  for (const event of events) {
    no += 1
    // Hash what the store will hold: jsonb drops undefined and replaces U+0000.
    const data = JSON.parse(writeJsonb(event.data)) as Json
    const link = {
      incident: number,
      no,
      at,
      type: event.type,
      job: event.job ?? null,
      actor: event.actor,
      data,
      prevHash,
    }
    const content = writeLink(link)
    const hash = hashLink(link)
    await client.query(
      `INSERT INTO salvor.events (incident, no, at, type, job, actor, data, prev_hash, hash, content)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [number, no, at, link.type, link.job, link.actor, writeJsonb(data), prevHash, hash, content],
    )
    if (link.job !== null) await client.query('UPDATE salvor.jobs SET last_event = $2 WHERE id = $1', [link.job, no])
    prevHash = hash
  }
  await client.query(`SELECT pg_notify('salvor_events', $1)`, [String(number)])
  return no
}
