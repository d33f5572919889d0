import type pg from 'pg'
import type { Event } from '../domain/events.ts'
import type { Incident } from '../domain/incident.ts'
import { restingStates } from '../domain/job.ts'
import type { Store } from '../ports/store.ts'
import { createAskReader } from './asks.ts'
import { createDueReader } from './due.ts'
import { selectJobView, selectJobViews } from './job-view.ts'
import { listAltered } from './list-altered.ts'
import { inTransaction } from './pool.ts'
import { type Row, readEvent, readIncident } from './rows.ts'
import { createRunReader, listMovingRuns } from './run-store.ts'
import { createStoreTx } from './transaction.ts'
import { tryAgain } from './try-again.ts'
import { readUpload } from './uploads.ts'

/** The store over a pool. */
export function createStore(pool: pg.Pool): Store {
  const incidents = async (condition: string, values: unknown[]): Promise<Incident[]> => {
    const sql = `SELECT * FROM salvor.incidents WHERE number > 0 AND ${condition} ORDER BY number`
    return (await pool.query<Row>(sql, values)).rows.map(readIncident)
  }
  return {
    ...createRunReader(pool),
    ...createDueReader(pool),
    ...createAskReader(pool),
    listMovingRuns: () => listMovingRuns(pool),
    transaction: (work) => tryAgain(() => inTransaction(pool, (client) => work(createStoreTx(client)))),
    findIncident: async (number) => (await incidents('number = $1', [number]))[0],
    findIncidentInChannel: async (channel) => (await incidents(`channel = $1 AND state <> 'closed'`, [channel]))[0],
    listIncidents: ({ states }) => incidents('($1::text[] IS NULL OR state = ANY ($1))', [states ?? null]),
    async viewIncident(number) {
      const [incident] = await incidents('number = $1', [number])
      return incident && { incident, jobs: await selectJobViews(pool, 'j.incident = $1', [number]) }
    },
    viewJob: (job) => selectJobView(pool, job),
    listActiveJobs: () => selectJobViews(pool, 'NOT (j.state = ANY ($1))', [restingStates]),
    async listEvents(incident, afterNo, limit): Promise<Event[]> {
      const { rows } = await pool.query<Row>(
        'SELECT * FROM salvor.events WHERE incident = $1 AND no > $2 ORDER BY no LIMIT $3',
        [incident, afterNo, limit],
      )
      return rows.map(readEvent)
    },
    async listSucceededJobs(kind, lockTarget, limit) {
      const views = await selectJobViews(pool, `j.kind = $1 AND j.lock_target = $2 AND j.state = 'succeeded'`, [
        kind,
        lockTarget,
      ])
      return views.toReversed().slice(0, limit)
    },
    listAltered: (job) => listAltered(pool, job),
    async isHolding(approval, step) {
      const sql = 'SELECT salvor.approval_holds($1, $2) AS holds'
      return (await pool.query<{ holds: boolean }>(sql, [approval, step])).rows[0]?.holds === true
    },
    async listPractised() {
      const { rows } = await pool.query<{ person: string }>(
        `SELECT requester AS person FROM salvor.jobs WHERE kind = ANY ($1)
          UNION SELECT d.person FROM salvor.decisions d JOIN salvor.approvals a ON a.id = d.approval
                  JOIN salvor.jobs j ON j.id = a.job WHERE j.kind = ANY ($1)`,
        [['restore', 'undo', 'drill']],
      )
      return rows.map(({ person }) => person)
    },
    readUpload: (sha256) => readUpload(pool, sha256),
    async listLocks() {
      const { rows } = await pool.query<Row>('SELECT * FROM salvor.locks ORDER BY taken_at')
      return rows.map((row) => ({
        target: row.target as string,
        job: row.job as string,
        reason: row.reason as string,
        takenAt: (row.taken_at as Date).toISOString(),
      }))
    },
    async findPaged(page) {
      const sql = 'SELECT job FROM salvor.approvals WHERE page = $1'
      return (await pool.query<{ job: string }>(sql, [page])).rows[0]?.job
    },
    async listStrandedJobs(olderThanMs) {
      // Waiting for a person is no stranding, unless the person has answered (granted) or wants it stopped.
      const views = await selectJobViews(
        pool,
        `(j.state IN ('requested', 'planned', 'running')
          OR (j.state IN ('awaiting_approval', 'awaiting_person', 'needs_person') AND j.stop_requested_at IS NOT NULL)
          OR j.clean_up_requested_by IS NOT NULL)
         AND NOT EXISTS (SELECT FROM salvor.steps s WHERE s.job = j.id AND s.state = 'running'
                            AND s.seen_at > now() - make_interval(secs => $1::float8 / 1000))`,
        [olderThanMs],
      )
      return views.map((view) => view.job)
    },
  }
}
