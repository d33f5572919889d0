import type pg from 'pg'
import { writeName } from '../../../domain/object-name.ts'
import { LARGE_OBJECTS } from '../fingerprint.ts'

/** From here on counters are written by each session itself when its transaction is over, and none is lost on the way. */
const COUNTERS_KEPT = 150_000

/** The OID of PostgreSQL's own way of keeping rows: of another one nobody knows what a row's place says. */
const HEAP = 2

export interface TableMarks {
  /** By table, moves with each write that was committed; empty where the server's counters are no proof. */
  readonly marks: { readonly [table: string]: string }
  /** By table, is the same as long as its rows lie in the same file and are printed in the same way. */
  readonly shapes: { readonly [table: string]: string }
}

/**
 * Marks by table: its file, its columns, and how often rows were written. Read outside a transaction and before the
 * rows are read, then a write that was not seen moves the mark later. Labels of enums belong to it, because a row holds
 * but their numbers, and so do generated columns that are computed when they are read.
 */
export async function readTableMarks(client: pg.ClientBase): Promise<TableMarks> {
  const { rows: settings } = await client.query<{ version: number; counts: string; epoch: string; labels: string }>(
    `SELECT current_setting('server_version_num')::int AS version, CASE WHEN EXISTS (SELECT FROM pg_db_role_setting, unnest(setconfig) AS one WHERE lower(one) LIKE 'track_counts=%')
                 THEN 'by role' ELSE current_setting('track_counts') END AS counts,
            pg_postmaster_start_time()::text || ' ' || coalesce((SELECT stats_reset::text FROM pg_stat_bgwriter), '')
              || ' ' || coalesce((SELECT stats_reset::text FROM pg_stat_database WHERE datname = current_database()), '') AS epoch,
            (SELECT count(*) || ':' || coalesce(sum(hashtextextended(oid || ' ' || enumlabel, 0)), 0) FROM pg_enum) AS labels`,
  )
  const [setting] = settings
  if (setting === undefined) return { marks: {}, shapes: {} }
  const { rows } = await client.query<{ schema: string; name: string; shape: string; writes: string }>(
    `SELECT n.nspname AS schema, c.relname AS name,
            concat_ws(':', c.oid, pg_relation_filenode(c.oid),
                      (SELECT string_agg(concat(a.attname, a.atttypid, CASE WHEN a.attgenerated <> '' THEN d.adbin END), ','
                                         ORDER BY a.attnum)
                         FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                        WHERE a.attrelid = c.oid AND a.attnum > 0),
                      (SELECT indexrelid FROM pg_index WHERE indrelid = c.oid AND indisprimary)) AS shape,
            concat_ws(':', pg_stat_get_tuples_inserted(c.oid), pg_stat_get_tuples_updated(c.oid),
                      pg_stat_get_tuples_deleted(c.oid)) AS writes
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relam = ${HEAP} AND (n.nspname !~ '^pg_' OR c.relname IN ('pg_largeobject', 'pg_largeobject_metadata'))`,
  )
  const marks = new Map<string, string>()
  const shapes = new Map<string, string>()
  const large: string[] = []
  for (const { schema, name, shape, writes } of rows) {
    const table = writeName([schema, name])
    if (schema === 'pg_catalog') large.push(`${shape} ${writes}`)
    else {
      shapes.set(table, `${setting.labels} ${shape}`)
      marks.set(table, `${setting.epoch} ${setting.labels} ${shape} ${writes}`)
    }
  }
  marks.set(LARGE_OBJECTS, `${setting.epoch} ${large.sort().join(' ')}`)
  const isProof = setting.version >= COUNTERS_KEPT && setting.counts === 'on'
  return { marks: isProof ? Object.fromEntries(marks) : {}, shapes: Object.fromEntries(shapes) }
}
