import type pg from 'pg'
import { writeStorableJson } from '../domain/json.ts'
import type { Run, RunStepView, RunView } from '../domain/run.ts'
import type { Waiting } from '../domain/waiting.ts'
import type { RunReader, RunTx } from '../ports/runs.ts'
import { columnsOf, insertRow, updateRow } from './columns.ts'
import { selectJobView } from './job-view.ts'
import { readAsk, selectAsksOf } from './read-ask.ts'
import { reviveTimes } from './revive-times.ts'
import type { Row } from './rows.ts'

interface Queryable {
  query<R extends Row>(sql: string, values?: unknown[]): Promise<{ rows: R[] }>
}

/** Reads runs with their steps and how the jobs of these stand, each run in one statement. */
export function createRunReader(pool: Queryable): RunReader {
  return {
    viewRun: async (id) => (await selectRuns(pool, 'r.id = $1', [id]))[0],
    listRuns: (incident) => selectRuns(pool, 'r.incident = $1', [incident]),
    async findLastSucceeded(kind, params) {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM salvor.jobs WHERE kind = $1 AND params = $2 AND state = 'succeeded'
          ORDER BY finished_at DESC LIMIT 1`,
        [kind, writeStorableJson(params)],
      )
      return rows[0] && selectJobView(pool, rows[0].id)
    },
    async findRunOf(job) {
      const { rows } = await pool.query<{ run: string }>(
        `SELECT s.run FROM salvor.run_steps s JOIN salvor.runs r ON r.id = s.run
          WHERE s.job = $1 ORDER BY r.requested_at DESC LIMIT 1`,
        [job],
      )
      return rows[0]?.run
    },
  }
}

/**
 * Runs that the keeper must look at: those under way, and resting ones whose jobs somebody has steered since, so that
 * pressing Retry on a failed job is enough for its run to go on.
 */
export async function listMovingRuns(pool: Queryable): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT r.id FROM salvor.runs r
      WHERE r.state = 'running' OR (r.state = 'needs_person' AND r.stop_requested_at IS NOT NULL)
         OR (r.state IN ('failed', 'needs_person')
             AND NOT EXISTS (SELECT FROM salvor.run_steps s LEFT JOIN salvor.jobs j ON j.id = s.job
                              WHERE s.run = r.id AND (s.state = 'refused' OR (s.state = 'started'
                                AND j.state IN ('failed', 'rejected', 'stopped', 'needs_person')))))
         OR (r.state IN ('failed', 'needs_person')
             AND EXISTS (SELECT FROM salvor.run_steps s JOIN salvor.jobs j ON j.id = s.job
                          WHERE s.run = r.id AND s.state = 'started'
                            AND j.state NOT IN ('succeeded', 'failed', 'rejected', 'stopped', 'needs_person')))
      ORDER BY r.requested_at`,
  )
  return rows.map((row) => row.id)
}

/** The moves' view of runs in one transaction. */
export function createRunTx(client: pg.ClientBase): RunTx {
  return {
    async lockRun(id) {
      const { rows } = await client.query('SELECT id FROM salvor.runs WHERE id = $1 FOR UPDATE', [id])
      return rows.length === 0 ? undefined : (await selectRuns(client, 'r.id = $1', [id]))[0]
    },
    async listRunsOf(incident, procedure) {
      const { rows } = await client.query<Pick<Run, 'id' | 'state'>>(
        'SELECT id, state FROM salvor.runs WHERE incident = $1 AND procedure = $2 ORDER BY requested_at, id',
        [incident, procedure],
      )
      return rows
    },
    async insertRun(run, steps) {
      await insertRow(client, 'runs', columnsOf('runs', run as unknown as Row))
      for (const step of steps) await insertRow(client, 'run_steps', columnsOf('run_steps', step as unknown as Row))
    },
    updateRun: (id, patch) => updateRow(client, 'runs', 'id', id, columnsOf('runs', patch as Row)),
    updateRunStep: (id, patch) => updateRow(client, 'run_steps', 'id', id, columnsOf('run_steps', patch as Row)),
  }
}

async function selectRuns(client: Queryable, condition: string, values: unknown[]): Promise<RunView[]> {
  const { rows } = await client.query<{ run: Row; steps: Row[]; asks: Row[] }>(
    `SELECT to_jsonb(r) AS run,
            (SELECT coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('job_state', j.state, 'job_waits_for', j.waiting_for,
                      'job_cleaned_up', coalesce(j.outcome ? 'cleanedUp', false)) ORDER BY s.position), '[]')
               FROM salvor.run_steps s LEFT JOIN salvor.jobs j ON j.id = s.job WHERE s.run = r.id) AS steps,
            ${selectAsksOf('q.run = r.id')} AS asks
       FROM salvor.runs r WHERE ${condition} ORDER BY r.requested_at, r.id`,
    values,
  )
  return rows.map((row) => ({
    run: readRun(reviveTimes(row.run)),
    steps: row.steps.map(reviveTimes).map(readStep),
    asks: row.asks.map(reviveTimes).map(readAsk),
  }))
}

function readRun(row: Row): Run {
  return {
    id: row.id as string,
    incident: row.incident as number,
    procedure: row.procedure as string,
    title: row.title as string,
    state: row.state as Run['state'],
    words: row.words as string,
    requester: row.requester as string,
    requesterSlack: row.requester_slack as string | null,
    requestedAt: readTime(row.requested_at) ?? '',
    planDigest: row.plan_digest as string,
    fromStep: row.from_step as number | null,
    waitingFor: row.waiting_for as Waiting | null,
    stopRequestedBy: row.stop_requested_by as string | null,
    stopRequestedAt: readTime(row.stop_requested_at),
    finishedAt: readTime(row.finished_at),
  }
}

function readStep(row: Row): RunStepView {
  return {
    id: row.id as string,
    run: row.run as string,
    position: row.position as number,
    verb: row.verb as string,
    about: row.about as string,
    system: row.system as string | null,
    owner: row.owner as string | null,
    after: row.after as number[],
    state: row.state as RunStepView['state'],
    attempt: row.attempt as number,
    job: row.job as string | null,
    askedBy: row.asked_by as string | null,
    askedBySlack: row.asked_by_slack as string | null,
    doneBy: row.done_by as string | null,
    evidence: row.evidence as string | null,
    doneAt: readTime(row.done_at),
    failure: row.failure as RunStepView['failure'],
    jobState: row.job_state as RunStepView['jobState'],
    jobWaitsFor: row.job_waits_for as Waiting | null,
    jobCleanedUp: row.job_cleaned_up as boolean,
  }
}

function readTime(value: unknown): string | null {
  return value instanceof Date ? value.toISOString() : null
}
