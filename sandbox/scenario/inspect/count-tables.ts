import pg from 'pg'

/** A table of the shop (schema public) and its rows. */
export type TableRows = { name: string; rows: number }

/**
 * Exact rows of every table, by name. Rejects within a few seconds where the database cannot be asked, as during a
 * switch. `url` is the owner's: sessions of an administrator could not be ended by a recovery.
 */
export async function countTables(url: string): Promise<TableRows[]> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'patient-panel',
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
  })
  // A switch ends this session as it ends all others; the query in flight rejects, and that is enough.
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    )
    if (rows.length === 0) return []
    const counts = rows.map(
      ({ name }) =>
        `SELECT ${pg.escapeLiteral(name)} AS name, count(*)::float8 AS rows FROM ${pg.escapeIdentifier(name)}`,
    )
    // By name again: the server counts large tables side by side and answers in any order.
    const counted = await client.query<TableRows>(counts.join(' UNION ALL '))
    return counted.rows.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  } finally {
    await client.end().catch(() => {})
  }
}
