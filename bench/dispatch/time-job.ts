import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Stopwatch } from './start-stopwatch.ts'
import type { Heard } from './stopwatch.ts'

/** Milliseconds from the acknowledgement to three commits: requested, planned and running, first step started. */
export interface Dispatched {
  readonly ackMs: number
  readonly requested: number
  readonly planned: number
  readonly started: number
}

interface EventRow {
  readonly type: string
  readonly job: string | null
  /** The transaction that wrote it. */
  readonly tx: string
}

const RESTING = ['succeeded', 'failed', 'stopped', 'rejected', 'needs_person']
const PATIENCE_MS = 60_000

/** Says the command, lets the job come to its end, and reads from journal and notifications when it had got where. */
export async function timeJob(of: {
  readonly stopwatch: Stopwatch
  readonly store: pg.Client
  readonly url: string
  readonly body: string
  readonly incident: number
}): Promise<Dispatched> {
  const { stopwatch, store, incident } = of
  const newest = await store.query<{ no: string }>(
    'SELECT coalesce(max(no), 0) AS no FROM salvor.events WHERE incident = $1',
    [incident],
  )
  await stopwatch.send(of.url, of.body)
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const { rows } = await store.query<EventRow>(
      'SELECT type, job, xmin::text AS tx FROM salvor.events WHERE incident = $1 AND no > $2 ORDER BY no',
      [incident, newest.rows[0]?.no],
    )
    const job = rows.find((row) => row.type === 'job_requested')?.job
    const state = job && (await store.query('SELECT state FROM salvor.jobs WHERE id = $1', [job])).rows[0]?.state
    if (RESTING.includes(state)) return read(await stopwatch.read(), rows, incident)
    if (performance.now() > until) throw new Error(`the job ${job ?? '(none)'} is ${state} after a minute`)
    await delay(100)
  }
}

/** The n-th transaction of the journal is the n-th notification: appends to one incident commit one after the other. */
function read(heard: Heard, rows: readonly EventRow[], incident: number): Dispatched {
  const transactions = [...new Set(rows.map((row) => row.tx))]
  const commits = heard.commits.filter((commit) => commit.incident === String(incident))
  const find = (type: string) => {
    const tx = rows.find((row) => row.type === type)?.tx ?? ''
    const commit = commits[transactions.indexOf(tx)]
    if (!commit) throw new Error(`no notification for ${type}`)
    return commit.at - heard.ackedAt
  }
  const [requested, planned, started] = [find('job_requested'), find('job_started'), find('step_started')]
  return { ackMs: heard.ackMs, requested, planned, started }
}
