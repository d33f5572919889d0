import pg from 'pg'
import type { TableContent } from './judge-tables.ts'

/** Reads what all tables of schema public hold. */
export interface TableReader {
  /** Rejects when nobody can look: the names change hands, the door is closed, or reading took too long. */
  read(): Promise<ReadonlyMap<string, TableContent>>
}

interface Listed {
  readonly name: string
  readonly columns: string[]
  /** Changes whenever the table was written or replaced. */
  readonly mark: string
}

const STATEMENT_TIMEOUT_MS = 2_000

/**
 * Each look is a short connection of its own, as a role whose sessions the switch may end: a session that stays would
 * stand in its way. Values are read again only after something was written.
 */
export function createTableReader(url: string): TableReader {
  const values = new Map<string, { readonly mark: string; readonly fingerprint: string }>()
  return {
    read: () =>
      withSession(url, async (client) => {
        const { rows: listed } = await client.query<Listed>(LIST_TABLES)
        const tables = new Map<string, TableContent>()
        for (const { name, columns, mark } of listed) {
          const rows = await countRows(client, name)
          const seen = `${mark} ${rows}`
          const kept = values.get(name)
          const fingerprint = kept?.mark === seen ? kept.fingerprint : await readFingerprint(client, name)
          if (fingerprint !== null) values.set(name, { mark: seen, fingerprint })
          tables.set(name, { rows, columns, fingerprint })
        }
        return tables
      }),
  }
}

// The statistics of writes arrive a moment late; the next look sees them.
const LIST_TABLES = `
  SELECT c.relname AS name,
         (SELECT array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ORDER BY a.attname)
            FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
         concat_ws(' ', (SELECT oid FROM pg_database WHERE datname = current_database()), c.relfilenode,
                   s.n_tup_ins, s.n_tup_upd, s.n_tup_del) AS mark
    FROM pg_class c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
   ORDER BY 1`

async function countRows(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM public.${pg.escapeIdentifier(table)}`)
  return Number(rows[0]?.n)
}

/** Independent of the order of rows; equal columns in another order give another number. Null when it took too long. */
async function readFingerprint(client: pg.Client, table: string): Promise<string | null> {
  try {
    const { rows } = await client.query<{ sum: string }>(
      `SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) AS sum FROM public.${pg.escapeIdentifier(table)} t`,
    )
    return rows[0]?.sum ?? null
  } catch (error) {
    if ((error as { code?: string }).code === '57014') return null
    throw error
  }
}

async function withSession<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'sandbox-patient',
    connectionTimeoutMillis: STATEMENT_TIMEOUT_MS,
    // The database has a time zone of its own, which a copy of it may not have yet.
    options: `-c statement_timeout=${STATEMENT_TIMEOUT_MS} -c timezone=UTC -c default_transaction_read_only=on`,
  })
  // The switch ends this session like any other; the statement under way rejects and says so.
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
