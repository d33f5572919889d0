import pg from 'pg'
import type { TableContent } from './judge-tables.ts'

/** Reads what all tables hold; those outside schema public carry its name, as `load.orders`. */
export interface TableReader {
  /** Rejects when nobody can look: the names change hands, the door is closed, or reading took too long. */
  read(): Promise<ReadonlyMap<string, TableContent>>
}

interface Listed {
  readonly name: string
  readonly schema: string
  readonly table: string
  readonly columns: string[]
  readonly keys: string[]
  /** Column by which rows can be told apart, where it is a whole number. */
  readonly key: string | null
  /** Changes whenever the table was written or replaced. */
  readonly mark: string
}

/** Up to which key rows were there before. */
interface Limit {
  readonly column: string
  readonly most: string
}

const STATEMENT_TIMEOUT_MS = 2_000
/** The first look has to succeed, and happens before anything is wrong. */
const FIRST_TIMEOUT_MS = 60_000
/** Statistics of writes arrive a moment late: so long a table that looks unwritten is read all the same. */
const SETTLE_MS = 3_000

/** What was read of a table, and how its writes stood. */
interface Kept {
  readonly mark: string
  /** When this mark was first seen, and when the content was read, by the monotonic clock. */
  readonly since: number
  readonly readAt: number
  readonly content: TableContent
}

/**
 * Each look is a short connection of its own, as a role whose sessions the switch may end: a session that stays would
 * stand in its way. The first look says which rows are old; a table is read again only after something was written.
 */
export function createTableReader(url: string): TableReader {
  const limits = new Map<string, Limit>()
  const known = new Map<string, Kept>()
  let first = true

  const readContent = async (client: pg.Client, listed: Listed, kept: Kept | undefined): Promise<TableContent> => {
    const { name, columns, keys, key, mark } = listed
    if (first && key !== null) {
      const most = await findGreatest(client, listed, key)
      if (most !== null) limits.set(name, { column: key, most })
    }
    const limit = limits.get(name)
    const usable = limit && columns.some((column) => column.startsWith(`${limit.column} `)) ? limit : undefined
    const counted = await countRows(client, listed, usable)
    const { rows, old, fingerprint } = kept?.content ?? {}
    const isSame = kept?.mark === mark && rows === counted.rows && old === counted.old
    const values = isSame && fingerprint ? fingerprint : await readFingerprint(client, listed, usable)
    return { ...counted, columns, keys, fingerprint: values }
  }
  const readOne = async (client: pg.Client, listed: Listed): Promise<TableContent> => {
    const kept = known.get(listed.name)
    const now = performance.now()
    const since = kept?.mark === listed.mark ? kept.since : now
    if (kept?.mark === listed.mark && kept.readAt - since > SETTLE_MS && kept.content.fingerprint) return kept.content
    const content = await readContent(client, listed, kept)
    known.set(listed.name, { mark: listed.mark, since, readAt: now, content })
    return content
  }
  return {
    read: () =>
      withSession(url, first ? FIRST_TIMEOUT_MS : STATEMENT_TIMEOUT_MS, async (client) => {
        const { rows: listed } = await client.query<Listed>(LIST_TABLES)
        const tables = new Map<string, TableContent>()
        for (const one of listed) tables.set(one.name, await readOne(client, one))
        first = false
        return tables
      }),
  }
}

const LIST_TABLES = `
  SELECT concat(nullif(n.nspname, 'public') || '.', c.relname) AS name, n.nspname AS schema, c.relname AS table,
         (SELECT coalesce(array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ORDER BY a.attname), '{}')
            FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
         (SELECT coalesce(array_agg(k.name), '{}') FROM (
            SELECT conname::text FROM pg_constraint WHERE conrelid = c.oid AND contype <> 'n'
            UNION SELECT i.indexrelid::regclass::text FROM pg_index i WHERE i.indrelid = c.oid) AS k (name)) AS keys,
         (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
           WHERE i.indrelid = c.oid AND i.indisprimary AND a.atttypid IN ('int8'::regtype, 'int4'::regtype)) AS key,
         concat_ws(' ', (SELECT oid FROM pg_database WHERE datname = current_database()), c.relfilenode,
                   s.n_tup_ins, s.n_tup_upd, s.n_tup_del) AS mark
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
   WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
   ORDER BY 1`

const nameTable = ({ schema, table }: Listed) => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)} t`
const whereOld = (limit: Limit | undefined) =>
  limit ? `t.${pg.escapeIdentifier(limit.column)} <= ${pg.escapeLiteral(limit.most)}` : 'true'

async function findGreatest(client: pg.Client, table: Listed, key: string): Promise<string | null> {
  const { rows } = await client.query<{ most: string | null }>(
    `SELECT max(${pg.escapeIdentifier(key)})::text AS most FROM ${nameTable(table)}`,
  )
  return rows[0]?.most ?? null
}

async function countRows(client: pg.Client, table: Listed, limit: Limit | undefined) {
  const { rows } = await client.query<{ n: string; old: string }>(
    `SELECT count(*) AS n, count(*) FILTER (WHERE ${whereOld(limit)}) AS old FROM ${nameTable(table)}`,
  )
  return { rows: Number(rows[0]?.n), old: Number(rows[0]?.old) }
}

/** Independent of the order of rows. Null when it took too long. */
async function readFingerprint(client: pg.Client, table: Listed, limit: Limit | undefined): Promise<string | null> {
  try {
    const { rows } = await client.query<{ sum: string }>(
      `SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) AS sum FROM ${nameTable(table)} WHERE ${whereOld(limit)}`,
    )
    return rows[0]?.sum ?? null
  } catch (error) {
    if ((error as { code?: string }).code === '57014') return null
    throw error
  }
}

async function withSession<T>(url: string, timeoutMs: number, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'sandbox-patient',
    connectionTimeoutMillis: STATEMENT_TIMEOUT_MS,
    // The database has a time zone of its own, which a copy of it may not have yet.
    options: `-c statement_timeout=${timeoutMs} -c timezone=UTC -c default_transaction_read_only=on`,
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
