import pg from 'pg'
import { SalvorError } from '../../../domain/errors/fail.ts'
import type { RejectGroup } from '../../../ports/remedy-tools.ts'
import { type RemedyPath, underPath } from '../run-statements.ts'
import { parseCopyLine } from './parse-copy.ts'
import type { Reject, RejectSet } from './reject.ts'

/** All of them are held in memory and loaded in one transaction; more is a migration of its own. */
const mostRows = 200_000

/** `public.orders` is meant by `orders` as well. */
const ofTarget = `($1::text IS NULL OR r.target = $1 OR regexp_replace(r.target, '^.*[.]', '') = $1)`

interface Asked {
  readonly table: string
  readonly target: string | null
}

/**
 * Rejects that a migration kept in a table: `target` and `row` (a line of COPY's text format) must be columns of it;
 * `columns`, `code`, `message` may be. Nobody else changes these rows until the transaction ends.
 */
export async function lockRejectTable(
  client: pg.Client,
  path: RemedyPath,
  asked: Asked,
): Promise<RejectSet & { readonly sqlName: string | null }> {
  const sqlName = await findRejectTable(client, path, asked.table)
  if (sqlName === null) return { rejects: [], files: {}, sqlName: null }
  const { rows } = await client.query<{ ctid: string; row: { [column: string]: unknown } }>(
    `SELECT r.ctid::text AS ctid, to_jsonb(r) AS row FROM ${sqlName} r WHERE ${ofTarget}
      ORDER BY r.ctid LIMIT ${mostRows + 1} FOR UPDATE`,
    [asked.target],
  )
  if (rows.length > mostRows)
    throw new SalvorError('rejects_unreadable', { source: asked.table, why: `they are over ${mostRows} rows` })
  return { rejects: rows.map((one) => readRow(one, asked.table)), files: {}, sqlName }
}

/** How many there are by target and code, without reading them. */
export async function countRejectTable(client: pg.Client, path: RemedyPath, asked: Asked): Promise<RejectGroup[]> {
  const sqlName = await findRejectTable(client, path, asked.table)
  if (sqlName === null) return []
  const { rows } = await client.query<{ target: string; code: string; rows: string; message: string }>(
    `SELECT r.target, coalesce(to_jsonb(r)->>'code', '-') AS code, count(*) AS rows,
            coalesce(min(to_jsonb(r)->>'message'), '') AS message
       FROM ${sqlName} r WHERE ${ofTarget} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
    [asked.target],
  )
  return rows.map((row) => ({ ...row, rows: Number(row.rows) }))
}

/** Takes rows out that were loaded, in the same transaction; triggers of the table run under the remedy's path. */
export async function removeFromTable(
  client: pg.Client,
  path: RemedyPath,
  sqlName: string,
  ctids: readonly string[],
): Promise<void> {
  await underPath(client, path, () =>
    client.query(`DELETE FROM ${sqlName} WHERE ctid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.tid[])`, [ctids]),
  )
}

/** `schema.table` or `table`, each part quoted: a name out of the plan is never SQL. */
export function quoteName(name: string): string {
  return name.split('.').map(pg.escapeIdentifier).join('.')
}

function readRow({ ctid, row }: { ctid: string; row: { [column: string]: unknown } }, table: string): Reject {
  const { target, columns, row: raw } = row
  if (typeof target !== 'string' || typeof raw !== 'string')
    throw new SalvorError('rejects_unreadable', { source: table, why: 'a row of it has no target or no row' })
  return {
    target,
    columns: Array.isArray(columns) ? columns.map(String) : null,
    values: parseCopyLine(raw),
    raw,
    place: { ctid },
  }
}

/**
 * The table with its schema, quoted for SQL, as the database's own path finds it; null where there is none. A table
 * without the two columns is none of rejects, whatever the plan says.
 */
async function findRejectTable(client: pg.Client, path: RemedyPath, table: string): Promise<string | null> {
  const oid = await findRelation(client, path, quoteName(table))
  if (oid === null) return null
  const { rows } = await client.query<{ schema: string; relation: string; fits: string }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS relation, (SELECT count(*) FROM pg_attribute
       WHERE attrelid = c.oid AND attname IN ('target', 'row') AND NOT attisdropped) AS fits
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = $1`,
    [oid],
  )
  const [row] = rows
  if (row === undefined) return null
  if (row.fits !== '2')
    throw new SalvorError('rejects_unreadable', { source: table, why: 'it has no columns "target" and "row"' })
  return `${pg.escapeIdentifier(row.schema)}.${pg.escapeIdentifier(row.relation)}`
}

async function findRelation(client: pg.Client, path: RemedyPath, quoted: string): Promise<string | null> {
  // Outside a transaction a local setting would be gone before the next statement.
  const { rows } = await client.query<{ own: string }>(`SELECT current_setting('search_path') AS own`)
  try {
    await client.query(`SELECT set_config('search_path', $1, false)`, [path.current])
    const found = await client.query<{ oid: string | null }>(
      'SELECT pg_catalog.to_regclass($1)::pg_catalog.oid AS oid',
      [quoted],
    )
    return found.rows[0]?.oid ?? null
  } finally {
    await client.query(`SELECT pg_catalog.set_config('search_path', $1, false)`, [rows[0]?.own])
  }
}
