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
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
    )
    if (rows.length === 0) return []
    const counts = rows.map(({ name }) => `SELECT count(*)::float8 AS n FROM ${pg.escapeIdentifier(name)}`)
    const counted = await client.query<{ n: number }>(counts.join(' UNION ALL '))
    return rows.map(({ name }, index) => ({ name, rows: counted.rows[index]?.n ?? 0 }))
  } finally {
    await client.end().catch(() => {})
  }
}
