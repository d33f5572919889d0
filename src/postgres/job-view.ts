import type { Decision } from '../domain/approval.ts'
import type { JobView } from '../domain/view.ts'
import { readAsk, selectAsksOf } from './read-ask.ts'
import { reviveTimes } from './revive-times.ts'
import { type Row, readAcceptance, readApproval, readDecision, readJob, readStep } from './rows.ts'

interface Queryable {
  query<R extends Row>(sql: string, values?: unknown[]): Promise<{ rows: R[] }>
}

/** A job with its steps and approvals; undefined if there is none of that id. */
export async function selectJobView(client: Queryable, id: string): Promise<JobView | undefined> {
  const [view] = await selectJobViews(client, 'j.id = $1', [id])
  return view
}

/**
 * Jobs that match a condition on `salvor.jobs j`, oldest first, each with steps and approvals: in one statement,
 * so that a card never shows a step of one moment beside a job of another.
 */
export async function selectJobViews(client: Queryable, condition: string, values: unknown[]): Promise<JobView[]> {
  const { rows } = await client.query<{
    job: Row
    steps: Row[]
    approvals: Row[]
    decisions: Row[]
    accepted: Row[]
    asks: Row[]
  }>(
    `SELECT to_jsonb(j) AS job,
            (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.position), '[]') FROM salvor.steps s WHERE s.job = j.id) AS steps,
            (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY length(a.id), a.id), '[]') FROM salvor.approvals a WHERE a.job = j.id) AS approvals,
            (SELECT coalesce(jsonb_agg(to_jsonb(d) ORDER BY d.at), '[]') FROM salvor.decisions d
               JOIN salvor.approvals a ON a.id = d.approval WHERE a.job = j.id) AS decisions,
            (SELECT coalesce(jsonb_agg(to_jsonb(f) ORDER BY f.at, f.digest), '[]') FROM salvor.acceptances f WHERE f.job = j.id) AS accepted,
            ${selectAsksOf('q.job = j.id')} AS asks
       FROM salvor.jobs j WHERE ${condition} ORDER BY j.requested_at, j.id`,
    values,
  )
  return rows.map((row) => {
    const decisions = new Map<string, Decision[]>()
    for (const found of row.decisions) {
      const approval = found.approval as string
      decisions.set(approval, [...(decisions.get(approval) ?? []), readDecision(reviveTimes(found))])
    }
    const accepted = row.accepted.map((one) => readAcceptance(reviveTimes(one)))
    const accepters = [...new Set(accepted.map((one) => one.by))]
    return {
      accepted,
      asks: row.asks.map(reviveTimes).map(readAsk),
      job: readJob(reviveTimes(row.job)),
      steps: row.steps.map((step) => readStep(reviveTimes(step))),
      approvals: row.approvals.map((approval) =>
        readApproval(
          reviveTimes(approval),
          decisions.get(approval.id as string) ?? [],
          // One that was used was counted then; what was accepted later does not take it back.
          approval.state === 'used' ? [] : accepters,
        ),
      ),
    }
  })
}
