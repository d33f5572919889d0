import type pg from 'pg'
import type { LossByTable, WriteMarks } from '../../domain/content.ts'
import { type FindingMessage, finding } from '../../domain/finding-texts.ts'
import { writeNameSql } from '../../domain/object-name.ts'
import type { Table } from './read-tables.ts'
import { writeRowsOf } from './rows-of.ts'
import type { Snapshot } from './snapshot.ts'

/** Where writes stand now. Taken beside a manifest, it is the moment after which writes can be shown. */
export async function readMarks(snapshot: Snapshot): Promise<WriteMarks> {
  return {
    databaseOid: snapshot.databaseOid,
    writes: await readWrites(snapshot.client),
    xmax: snapshot.xmax,
  }
}

/**
 * Evidence that a table was written after `marks`; null where none can be shown. Marks of another database
 * show nothing. Counters first, since they also know deletes; then rows that carry a later transaction's number. A
 * TRUNCATE leaves neither, so it stays a difference.
 */
export async function findWritesSince(
  snapshot: Snapshot,
  marks: WriteMarks,
  table: Pick<Table, 'name' | 'sqlName' | 'kind' | 'where'>,
  writesNow: LossByTable,
): Promise<FindingMessage | null> {
  if (marks.databaseOid !== snapshot.databaseOid) return null
  const more = (writesNow[table.name] ?? 0) - (marks.writes[table.name] ?? 0)
  if (more > 0) return finding('written_since', { count: more })
  if (marks.xmax === null || table.kind !== 'table') return null
  const newer = await countNewerRows(snapshot.client, table, marks.xmax)
  return newer > 0 ? finding('rows_since', { count: newer }) : null
}

/** pg_stat_user_tables' counters by table, zero left out. They lag by up to a second and forget after a crash. */
export async function readWrites(client: pg.ClientBase): Promise<LossByTable> {
  const { rows } = await client.query<{ name: string; writes: string }>(
    `SELECT ${writeNameSql('schemaname', 'relname')} AS name, n_tup_ins + n_tup_upd + n_tup_del AS writes
       FROM pg_stat_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0`,
  )
  return Object.fromEntries(rows.map((row) => [row.name, Number(row.writes)]))
}

/**
 * Rows whose xmin lies in [marks, now). xmin has 32 bits and wraps, so the distance to the mark is compared, which is
 * exact while fewer than 2^31 transactions lie between; beyond that nothing is claimed.
 */
async function countNewerRows(
  client: pg.ClientBase,
  table: Pick<Table, 'sqlName' | 'where'>,
  xmax: string,
): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `WITH span AS (SELECT $1::bigint AS mark, pg_snapshot_xmax(pg_current_snapshot())::text::bigint - $1::bigint AS length)
     SELECT count(*) FROM (SELECT xmin ${writeRowsOf(table)}) t, span
      WHERE span.length BETWEEN 1 AND 2147483647 AND t.xmin::text::bigint > 2
        AND (t.xmin::text::bigint - span.mark % 4294967296 + 4294967296) % 4294967296 < span.length`,
    [xmax],
  )
  return Number(rows[0]?.count ?? 0)
}
