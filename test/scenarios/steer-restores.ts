import { describeError, hintOf } from '../../src/domain/errors/error-message.ts'
import type { Failure } from '../../src/domain/step.ts'
import type { TestNight } from '../support/night.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'

/** How a job ended, in the words of the journal. */
export interface Ended {
  readonly job: string
  readonly state: string
  readonly step: string | null
  readonly code: string | null
  /** What was seen, and what to do next. */
  readonly said: string
  readonly hint: string
}

/** Says `restore orders-db …` as alice and waits until the job failed or awaits a person. */
export async function restore(night: TestNight, words = ''): Promise<Ended> {
  const before = (await listJobs(night)).length
  await command(night, 'alice', `restore orders-db ${words}`)
  const job = await until('a job', async () => (await listJobs(night))[before])
  return awaitEnd(night, job)
}

/** Waits until a job failed or awaits a person. */
export async function awaitEnd(night: TestNight, job: string): Promise<Ended> {
  const states = ['failed', 'awaiting_approval', 'needs_person', 'stopped', 'succeeded']
  const state = await until(
    `${job} to come to rest`,
    async () => {
      const now = await night.jobState(job)
      return now !== undefined && states.includes(now) ? now : undefined
    },
    60_000,
  )
  const [row] = await night.query<{ step: string; failure: Failure }>(
    `SELECT data->>'step' AS step, data->'failure' AS failure FROM salvor.events
      WHERE type = 'job_failed' AND job = $1 ORDER BY no DESC`,
    [job],
  )
  return {
    job,
    state,
    step: row?.step ?? null,
    code: row?.failure.code ?? null,
    said: row ? describeError(row.failure) : '',
    hint: row ? hintOf(row.failure) : '',
  }
}

async function listJobs(night: TestNight): Promise<string[]> {
  const rows = await night.query<{ id: string }>('SELECT id FROM salvor.jobs ORDER BY requested_at')
  return rows.map((row) => row.id)
}
