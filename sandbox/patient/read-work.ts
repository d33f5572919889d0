import pg from 'pg'

const atWork = ['requested', 'planned', 'running', 'awaiting_approval', 'awaiting_person']

/** Which job is at work on what, in words, by the target of its lock such as `database:orders-db`. Empty on any trouble. */
export async function readWork(storeUrl: string): Promise<ReadonlyMap<string, string>> {
  const client = new pg.Client({
    connectionString: storeUrl,
    application_name: 'sandbox-patient',
    connectionTimeoutMillis: 2_000,
    statement_timeout: 2_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ target: string; job: string; state: string }>(
      'SELECT l.target, l.job, j.state FROM salvor.locks l JOIN salvor.jobs j ON j.id = l.job WHERE j.state = ANY($1)',
      [atWork],
    )
    return new Map(rows.map(({ target, job, state }) => [target, describe(job, state)]))
  } catch {
    // The store is empty at first, and away while a story is begun anew.
    return new Map()
  } finally {
    await client.end().catch(() => {})
  }
}

function describe(job: string, state: string): string {
  if (state === 'awaiting_approval') return `${job} waits for approval`
  return state === 'awaiting_person' ? `${job} waits for a person` : `${job} is at work`
}
