import type pg from 'pg'
import { writeLink } from '../domain/chain.ts'
import { hashText } from '../domain/digest.ts'
import type { NewEvent } from '../domain/events.ts'
import type { Job } from '../domain/job.ts'
import type { Json } from '../domain/json.ts'
import { writeStorableJson } from '../domain/json.ts'
import type { Step } from '../domain/step.ts'
import type { AskedApproval, StoreTx } from '../ports/store.ts'
import { createAskTx } from './asks.ts'
import { createCardTx } from './cards.ts'
import { columnsOf, insertRow, updateRow, writePatch } from './columns.ts'
import { createDueTx } from './due.ts'
import { selectJobView } from './job-view.ts'
import { type Row, readApproval, readIncident } from './rows.ts'
import { createRunTx } from './run-store.ts'

/**
 * The moves' view of one transaction on one client. The caller begins and commits. What workers do too goes through
 * functions of the store (migrations/0021), which hold a worker's role to what it may; the rest only the bot's role may.
 */
export function createStoreTx(client: pg.ClientBase): StoreTx {
  const lockIncident = async (number: number) => {
    const { rows } = await client.query<Row>('SELECT * FROM salvor.hold_incident($1)', [number])
    return rows[0] && readIncident(rows[0])
  }
  return {
    ...createRunTx(client),
    ...createDueTx(client),
    ...createAskTx(client),
    async claimRequest(id) {
      // A second delivery waits here until the first has committed, then reads its answer.
      const inserted = await client.query('INSERT INTO salvor.requests (id) VALUES ($1) ON CONFLICT DO NOTHING', [id])
      if (inserted.rowCount === 1) return undefined
      const { rows } = await client.query<{ answer: Json }>('SELECT answer FROM salvor.requests WHERE id = $1', [id])
      return { answer: rows[0]?.answer ?? null }
    },
    async answerRequest(id, answer) {
      await client.query('UPDATE salvor.requests SET answer = $2 WHERE id = $1', [id, writeStorableJson(answer)])
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
      await client.query('SELECT salvor.update_incident($1, $2)', [number, writePatch('incidents', patch as Row)])
    },
    async lockJob(id) {
      // Job, then incident, before any lock on a target: what a move appends later must not wait the other way round.
      const { rows } = await client.query<{ incident: number | null }>('SELECT salvor.hold_job($1) AS incident', [id])
      return rows[0]?.incident == null ? undefined : selectJobView(client, id)
    },
    async insertJob(job: Job) {
      await insertRow(client, 'jobs', columnsOf('jobs', job as unknown as Row))
    },
    async updateJob(id, patch) {
      await client.query('SELECT salvor.update_job($1, $2)', [id, writePatch('jobs', patch as Row)])
    },
    async insertSteps(steps: readonly Step[]) {
      for (const step of steps) await insertRow(client, 'steps', columnsOf('steps', step as unknown as Row))
    },
    async startStep(id, { fence, runner, approval }) {
      const { rows } = await client.query<{ started: boolean }>('SELECT salvor.start_step($1, $2, $3, $4) AS started', [
        id,
        fence,
        runner,
        approval,
      ])
      return rows[0]?.started === true
    },
    async moveStep(id, from, patch) {
      // What it moves stands in the statement too, where pg_stat_activity and the server's log show it.
      const { rows } = await client.query<{ moved: boolean }>(
        `SELECT salvor.move_step($1, $2, $3, $4, $5) AS moved /* ${Object.keys(patch).join(' ')} */`,
        [id, from.state, from.fence ?? null, from.runner ?? null, writePatch('steps', patch as Row)],
      )
      return rows[0]?.moved === true
    },
    async askApproval(asked: AskedApproval) {
      const { rows } = await client.query<Row>('SELECT * FROM salvor.ask_approval($1)', [writeStorableJson(asked)])
      return rows[0] && readApproval(rows[0], [], [])
    },
    async supersedeApproval(id, why) {
      await client.query('SELECT salvor.supersede_approval($1, $2)', [id, writeStorableJson(why)])
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
        [job, step, finding.digest, writeStorableJson(finding), by, reason, at],
      )
    },
    ...createCardTx(client),
    async takeLock(target, job, reason) {
      const sql = 'SELECT salvor.take_lock($1, $2, $3) AS job'
      const { rows } = await client.query<{ job: string }>(sql, [target, job, reason])
      return rows[0]?.job ?? job
    },
    async releaseLock(target, job) {
      const sql = 'SELECT salvor.release_lock($1, $2) AS released'
      const { rows } = await client.query<{ released: boolean }>(sql, [target, job])
      return rows[0]?.released === true
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
    const data = JSON.parse(writeStorableJson(event.data)) as Json
    const { type, actor, job = null } = event
    const content = writeLink({ incident: number, no, at, type, job, actor, data, prevHash })
    await client.query('SELECT salvor.append($1)', [content])
    prevHash = hashText(content)
  }
  return no
}
