import { runSql } from './postgres.ts'

/** What only the store's owner can do: runs SQL past the triggers that hold everybody else to what was written. */
export async function pastGuards(url: string, sql: string): Promise<void> {
  await runSql(url, `SET session_replication_role = replica; ${sql}`)
}

/** The store's clock cannot be turned, so what it is compared with is moved instead: of all approvals, or of one job's. */
export async function ageApprovals(url: string, seconds: number, job?: string): Promise<void> {
  const times = ['asked_at', 'remind_at', 'escalate_at', 'emergency_at', 'approve_by', 'run_by']
  const sets = times.map((one) => `${one} = ${one} - interval '${seconds} s'`)
  const whose = job === undefined ? '' : `AND job = '${job}'`
  await pastGuards(
    url,
    `UPDATE salvor.approvals SET ${sets.join(', ')} WHERE state IN ('asked', 'granted') ${whose};
     UPDATE salvor.due SET at = at - interval '${seconds} s' WHERE kind LIKE 'approval%' ${whose}`,
  )
}
