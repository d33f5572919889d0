import pg from 'pg'

/** Takes everything that Salvor wrote out of its store; the next start makes the schemas again. Nobody may use it meanwhile. */
export async function emptyStore(storeUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: storeUrl, application_name: 'sandbox-reset' })
  await client.connect()
  try {
    await client.query('DROP SCHEMA IF EXISTS salvor CASCADE')
    await client.query('DROP SCHEMA IF EXISTS bullmq CASCADE')
  } finally {
    await client.end()
  }
}
