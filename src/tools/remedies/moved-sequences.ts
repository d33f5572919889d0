import pg from 'pg'
import type { MovedSequence } from '../../ports/remedy-tools.ts'

/**
 * Sequences that the open transaction has moved: whoever draws from one, or sets it, holds a lock on it until the
 * transaction ends. `before` are the states of all sequences ahead of it. A rollback does not put them back.
 */
export async function findMovedSequences(
  client: pg.Client,
  before: ReadonlyMap<string, string>,
): Promise<MovedSequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT n.nspname || '.' || c.relname AS name
       FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.mode = 'RowExclusiveLock' AND c.relkind = 'S'
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1`,
  )
  const now = await readSequenceStates(client)
  return rows.map(({ name }) => ({ name, before: before.get(name) ?? 'new', after: now.get(name) ?? 'gone' }))
}

/** Where each sequence stands, by `schema.name`: `135`, or `1 (unused)`. Those that may not be read are left out. */
export async function readSequenceStates(client: pg.Client): Promise<Map<string, string>> {
  const { rows: sequences } = await client.query<{ schema: string; name: string }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND has_schema_privilege(n.oid, 'USAGE')
        AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1, 2`,
  )
  const states = new Map<string, string>()
  if (sequences.length === 0) return states
  const { rows } = await client.query<{ name: string; last: string; called: boolean }>(
    sequences
      .map(
        ({ schema, name }) =>
          `SELECT ${pg.escapeLiteral(`${schema}.${name}`)} AS name, last_value::text AS last, is_called AS called
             FROM ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`,
      )
      .join(' UNION ALL '),
  )
  for (const { name, last, called } of rows) states.set(name, called ? last : `${last} (unused)`)
  return states
}
