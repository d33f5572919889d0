import type pg from 'pg'
import { writeName } from '../../../domain/object-name.ts'
import { LARGE_OBJECTS } from '../fingerprint.ts'

/** From here on counters are written by each session itself when its transaction is over, and none is lost on the way. */
const COUNTERS_KEPT = 150_000

/**
 * A mark by table that moves with each write that was committed: its file, and how often rows were written. Read
 * outside a transaction and before the rows are read, then a write that was not seen moves the mark later. Empty where
 * the server's counters are no proof.
 */
export async function readTableMarks(client: pg.ClientBase): Promise<{ readonly [table: string]: string }> {
  const { rows: settings } = await client.query<{ version: number; counts: string; epoch: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('track_counts') AS counts,
            pg_postmaster_start_time()::text || ' ' || coalesce((SELECT stats_reset::text FROM pg_stat_bgwriter), '')
              || ' ' || coalesce((SELECT stats_reset::text FROM pg_stat_database WHERE datname = current_database()), '') AS epoch`,
  )
  const [setting] = settings
  const marks = new Map<string, string>()
  if (setting === undefined || setting.version < COUNTERS_KEPT || setting.counts !== 'on') return {}
  const { rows } = await client.query<{ schema: string; name: string; mark: string }>(
    `SELECT n.nspname AS schema, c.relname AS name,
            concat_ws(':', c.oid, pg_relation_filenode(c.oid), pg_stat_get_tuples_inserted(c.oid),
                      pg_stat_get_tuples_updated(c.oid), pg_stat_get_tuples_deleted(c.oid),
                      (SELECT string_agg(a.attname || a.atttypid, ',' ORDER BY a.attnum) FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attnum > 0)) AS mark
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND (n.nspname !~ '^pg_' OR c.relname IN ('pg_largeobject', 'pg_largeobject_metadata'))`,
  )
  const large: string[] = []
  for (const row of rows) {
    if (row.schema === 'pg_catalog') large.push(row.mark)
    else marks.set(writeName([row.schema, row.name]), `${setting.epoch} ${row.mark}`)
  }
  marks.set(LARGE_OBJECTS, `${setting.epoch} ${large.sort().join(' ')}`)
  return Object.fromEntries(marks)
}
