import pg from 'pg'

/** Makes Salvor's store anew as an empty database, whoever is still connected; the next start fills it. */
export async function emptyStore(storeUrl: string): Promise<void> {
  const address = new URL(storeUrl)
  const name = pg.escapeIdentifier(decodeURIComponent(address.pathname.slice(1)))
  address.pathname = '/postgres'
  const client = new pg.Client({ connectionString: address.href, application_name: 'sandbox-reset' })
  await client.connect()
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${name}`)
  } finally {
    await client.end()
  }
}
