import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'

/** Between two looks at pg_stat_activity, in milliseconds. */
const LOOK_EVERY_MS = 25

export interface EndedSessions {
  readonly ended: number
  /** `user (application)` of those that would not go. */
  readonly remaining: readonly string[]
}

interface Seen {
  readonly pid: number
  readonly who: string
  /** It has passed the door and is not at work yet: waited for, as nobody can say what it is until it shows up. */
  readonly starting?: boolean
}

/**
 * Ends every session in the databases with these OIDs, except `spare`, and looks until two looks in a row saw none:
 * a connection that passed its checks just before the doors were closed shows up a moment later. Until then it holds a
 * lock on its database, from before those checks on.
 * Whoever may not read others' activity sees no type of theirs, but whose they are, and autovacuum is nobody's.
 * Autovacuum is left alone: it writes no rows, only a superuser may end it, and RENAME sends it away itself.
 */
export function endSessionsIn(
  client: pg.Client,
  of: { readonly oids: readonly number[]; readonly spare: readonly number[]; readonly timeoutMs: number },
): Promise<EndedSessions> {
  return endAll(client, of.timeoutMs, async () => {
    // Asked first: who lets go of the lock in between is in sight by then.
    const starting = await findStarting(client, of)
    const { rows } = await client.query<Seen>(
      `SELECT pid, coalesce(usename, backend_type) || ' (' || coalesce(application_name, '') || ')' AS who
         FROM pg_stat_activity
        WHERE datid::int8 = ANY($1::int8[]) AND pid <> ALL($2::int4[]) AND pid <> pg_backend_pid()
          AND (usesysid IS NOT NULL OR backend_type <> 'autovacuum worker')`,
      [of.oids, of.spare],
    )
    if (starting.length === 0) return rows
    // Those who hold such a lock and are elsewhere only administer the database.
    const { rows: unknown } = await client.query<Seen>(
      `SELECT pid, 'a session that begins (pid ' || pid || ')' AS who, true AS starting FROM unnest($1::int4[]) AS pid
        WHERE NOT EXISTS (SELECT FROM pg_stat_activity a
                           WHERE a.pid = pid.pid AND (a.datid IS NOT NULL OR a.backend_type = 'autovacuum worker'))`,
      [starting],
    )
    return [...rows, ...unknown.filter(({ pid }) => rows.every((one) => one.pid !== pid))]
  })
}

/** Sessions that hold a lock on one of the databases as a whole. */
async function findStarting(
  client: pg.Client,
  of: { readonly oids: readonly number[]; readonly spare: readonly number[] },
): Promise<number[]> {
  const { rows } = await client.query<{ pid: number }>(
    `SELECT pid FROM pg_locks
      WHERE locktype = 'object' AND classid = 'pg_database'::regclass AND objid::int8 = ANY($1::int8[]) AND granted
        AND pid <> ALL($2::int4[]) AND pid <> pg_backend_pid()`,
    [of.oids, of.spare],
  )
  return rows.map((row) => row.pid)
}

/**
 * Ends every session of a step, `salvor:<step>:*`, anywhere on the server, whatever its fence; with an installation
 * only those of that one.
 */
export function endSessionsNamed(
  client: pg.Client,
  of: { readonly step: string; readonly installation?: string },
  timeoutMs: number,
): Promise<EndedSessions> {
  return endAll(client, timeoutMs, async () => {
    const { rows } = await client.query<Seen>(
      `SELECT pid, application_name AS who FROM pg_stat_activity
        WHERE starts_with(application_name, $1) AND pid <> pg_backend_pid()
          AND ($2::text IS NULL OR application_name LIKE '%:' || $2)`,
      [`salvor:${of.step}:`, of.installation ?? null],
    )
    return rows
  })
}

async function endAll(client: pg.Client, timeoutMs: number, look: () => Promise<Seen[]>): Promise<EndedSessions> {
  const deadline = performance.now() + timeoutMs
  const told = new Set<number>()
  let clean = 0
  for (;;) {
    const seen = await look()
    clean = seen.length === 0 ? clean + 1 : 0
    if (clean === 2) return { ended: told.size, remaining: [] }
    if (performance.now() > deadline) return { ended: told.size, remaining: seen.map((one) => one.who) }
    for (const one of seen) if (one.starting !== true && (await terminate(client, one.pid))) told.add(one.pid)
    await delay(LOOK_EVERY_MS)
  }
}

/** One statement a session: a superuser's session must not keep the others from being ended. */
async function terminate(client: pg.Client, pid: number): Promise<boolean> {
  try {
    const { rows } = await client.query<{ sent: boolean }>('SELECT pg_terminate_backend($1) AS sent', [pid])
    return rows[0]?.sent ?? false
  } catch (thrown) {
    // 42501: not ours to end. It stays in sight and is named when the time is over.
    if ((thrown as { code?: string }).code === '42501') return false
    throw thrown
  }
}
