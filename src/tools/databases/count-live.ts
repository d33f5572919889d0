import pg from 'pg'
import { emptyByName } from '../../domain/by-name.ts'
import { writeName } from '../../domain/object-name.ts'
import type { LiveCount } from '../../ports/database-tools.ts'
import { CONFIG_RELATION, TO_LOSE } from '../content/read-tables.ts'
import { readWriteMark, writeSince } from '../content/write-mark.ts'

/**
 * Exact rows by table in one snapshot, and how many of them were inserted or updated since a mark. The numbers come
 * from each row's own transaction id, not from statistics: those arrive late, and count what was rolled back.
 * Row security is off, so that a role that would see only a part gets an error instead of a wrong number.
 */
export async function countLiveOn(client: pg.Client, since: string | null): Promise<LiveCount> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    await client.query('SET LOCAL row_security = off')
    const written = since === null ? 'false' : writeSince(since, await readWriteMark(client))
    const rows = emptyByName<number>()
    const writes = emptyByName<number>()
    for (const table of await listTables(client)) {
      const counted = await client.query<{ rows: string; written: string }>(
        `SELECT count(*) AS rows, count(*) FILTER (WHERE ${written}) AS written
           FROM ONLY ${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.name)}`,
      )
      add(rows, table, counted.rows[0]?.rows)
      add(writes, table, counted.rows[0]?.written)
    }
    await client.query('COMMIT')
    return { rows, written: writes }
  } catch (thrown) {
    await client.query('ROLLBACK').catch(() => {})
    throw thrown
  }
}

interface TableName {
  readonly schema: string
  readonly name: string
}

/**
 * Tables that hold rows of their own. Of those that extensions have for people's rows only such as can be read: their
 * makers may hide rows from whoever is no superuser.
 */
async function listTables(client: pg.Client): Promise<TableName[]> {
  const { rows } = await client.query<TableName>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND ((${TO_LOSE})
         OR (${CONFIG_RELATION} AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
             AND NOT row_security_active(c.oid)))
      ORDER BY 1, 2`,
  )
  return rows
}

function add(counts: Record<string, number>, table: TableName, text: string | undefined): void {
  const count = Number(text ?? 0)
  if (count > 0) counts[writeName([table.schema, table.name])] = count
}
