import type pg from 'pg'
import type { TableLoss } from '../../domain/loss.ts'
import type { LossQuestion } from '../../ports/database-tools.ts'

/** `orders_v2` or `orders_stage*`, with or without a schema. */
function matchesPattern(pattern: string, table: { readonly name: string; readonly relation: string }): boolean {
  const text = pattern
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  const whole = new RegExp(`^${text}$`)
  return whole.test(pattern.includes('.') ? table.name : table.relation)
}

/** Only then anybody can tell when a row came. */
export async function keepsCommitTimes(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ kept: boolean }>(
    `SELECT current_setting('track_commit_timestamp') = 'on' AS kept`,
  )
  return rows[0]?.kept === true
}

/**
 * What a table is that only live has. It is the migration's leftover only where the plan names it and every row's
 * transaction was over before the migration's log ended; commit times must be tracked for that, else nobody can tell.
 */
export async function tellRole(
  client: pg.ClientBase,
  table: { readonly name: string; readonly relation: string; readonly sqlName: string },
  makes: LossQuestion['makes'],
): Promise<TableLoss['role']> {
  const made = makes.filter(({ pattern }) => matchesPattern(pattern, table))
  if (made.length === 0) return 'data'
  const ends = made.flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt]))
  // Where two migrations are said to make it, what came after the first of them had ended is not shown to be one's.
  const [endedAt] = ends.sort()
  if (endedAt === undefined || ends.length < made.length || !(await keepsCommitTimes(client))) return 'unproven'
  const { rows } = await client.query<{ later: boolean | null; unknown: boolean | null }>(
    `SELECT bool_or(at > $1::timestamptz) AS later, bool_or(at IS NULL) AS unknown
       FROM (SELECT pg_xact_commit_timestamp(xmin) AS at FROM (SELECT DISTINCT xmin FROM ONLY ${table.sqlName}) AS each) AS times`,
    [endedAt],
  )
  if (rows[0]?.later === true) return 'data'
  return rows[0]?.unknown === true ? 'unproven' : 'leftover'
}
