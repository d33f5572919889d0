import type pg from 'pg'

/** PostgreSQL's table locks, weakest first. */
const strengths = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
]

/** The strongest lock that this session holds on each of the database's own tables, from the server's lock table. */
export async function readLocks(client: pg.Client): Promise<{ table: string; mode: string }[]> {
  const { rows } = await client.query<{ table: string; mode: string }>(
    `SELECT n.nspname || '.' || c.relname AS table, l.mode
       FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND c.relkind IN ('r', 'p', 'm')
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`,
  )
  const strongest = new Map<string, string>()
  for (const { table, mode } of rows) {
    const known = strongest.get(table)
    if (known === undefined || strengths.indexOf(mode) > strengths.indexOf(known)) strongest.set(table, mode)
  }
  return (
    [...strongest]
      .map(([table, mode]) => ({ table, mode }))
      // Looking at a table gets in nobody's way.
      .filter(({ mode }) => mode !== 'AccessShareLock')
      .sort((one, other) => one.table.localeCompare(other.table))
  )
}
