import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { writeNameSql } from '../../domain/object-name.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { openSession } from '../postgres-session.ts'
import type { RunningWork } from './load-progress.ts'

/** How often the server is asked, in milliseconds: cards are never older than 5 s. */
const LOOK_EVERY_MS = 1000

const nothing: RunningWork = { copies: [], indexes: [], waiting: 0 }

/**
 * Asks the server once a second what the load is at, until `signal` ends it. Watching must never break the load:
 * without answers the progress simply says less.
 */
export async function watchLoad(
  target: TargetAddress,
  database: string,
  signal: AbortSignal,
  onWork: (work: RunningWork) => void,
): Promise<void> {
  let client: pg.Client | undefined
  try {
    while (!signal.aborted) {
      const work: RunningWork = await Promise.resolve()
        .then(async () => {
          client ??= await openSession({
            system: target.system,
            url: target.adminUrl,
            database,
            session: target.session,
          })
          return readWork(client, `salvor:${target.session.step}:`)
        })
        .catch(() => nothing)
      if (!signal.aborted) onWork(work)
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
    }
  } finally {
    await client?.end().catch(() => {})
  }
}

async function readWork(client: pg.Client, application: string): Promise<RunningWork> {
  const { rows } = await client.query<{
    copies: RunningWork['copies'] | null
    indexes: RunningWork['indexes'] | null
    waiting: number
  }>(
    `SELECT (SELECT json_agg(json_build_object('table', ${writeNameSql('n.nspname', 'c.relname')}, 'bytes', p.bytes_processed))
               FROM pg_stat_progress_copy p JOIN pg_class c ON c.oid = p.relid
               JOIN pg_namespace n ON n.oid = c.relnamespace) AS copies,
            (SELECT json_agg(json_build_object('table', ${writeNameSql('n.nspname', 'c.relname')}, 'part',
                      0.6 * coalesce(p.blocks_done::float8 / nullif(p.blocks_total, 0), 0)
                    + 0.4 * coalesce(p.tuples_done::float8 / nullif(p.tuples_total, 0), 0)))
               FROM pg_stat_progress_create_index p JOIN pg_class c ON c.oid = p.relid
               JOIN pg_namespace n ON n.oid = c.relnamespace WHERE p.datname = current_database()) AS indexes,
            (SELECT count(*)::int FROM pg_stat_activity
              WHERE starts_with(application_name, $1) AND wait_event_type = 'Lock') AS waiting`,
    [application],
  )
  const [row] = rows
  return { copies: row?.copies ?? [], indexes: row?.indexes ?? [], waiting: row?.waiting ?? 0 }
}
