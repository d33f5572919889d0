import pg from 'pg'

/** An event of the journal, as far as the checklist cares. */
export interface Fact {
  readonly type:
    | 'incident_opened'
    | 'incident_closed'
    | 'job_requested'
    | 'job_succeeded'
    | 'approval_asked'
    | 'approval_granted'
    | 'report_made'
  /** Kind of the job that it is about, such as `restore`. */
  readonly kind: string | null
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** The newest incident: what happened, and where its root message is. */
export interface IncidentFacts {
  readonly facts: readonly Fact[]
  readonly channel?: string
  readonly rootTs?: string
}

const types: readonly Fact['type'][] = [
  'incident_opened',
  'incident_closed',
  'job_requested',
  'job_succeeded',
  'approval_asked',
  'approval_granted',
  'report_made',
]

/** Reads the newest incident's journal from Salvor's store; nothing while there is none, or the store is away. */
export async function readFacts(storeUrl: string): Promise<IncidentFacts> {
  const client = new pg.Client({
    connectionString: storeUrl,
    application_name: 'sandbox-checklist',
    connectionTimeoutMillis: 2_000,
    statement_timeout: 2_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{
      type: Fact['type']
      kind: string | null
      at: Date
      root: string | null
      channel: string | null
    }>(
      `SELECT e.type, j.kind, e.at, m.ts AS root, m.channel
         FROM salvor.events e
         LEFT JOIN salvor.jobs j ON j.id = e.job
         LEFT JOIN salvor.messages m ON m.key = 'root:' || e.incident
        WHERE e.incident = (SELECT max(number) FROM salvor.incidents WHERE number > 0) AND e.type = ANY($1)
        ORDER BY e.no`,
      [types],
    )
    const { root, channel } = rows[0] ?? {}
    return {
      facts: rows.map(({ type, kind, at }) => ({ type, kind, at: at.getTime() })),
      ...(channel ? { channel } : {}),
      ...(root ? { rootTs: root } : {}),
    }
  } catch {
    return { facts: [] }
  } finally {
    await client.end().catch(() => {})
  }
}
