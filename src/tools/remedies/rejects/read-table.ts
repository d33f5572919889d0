import pg from 'pg'
import { SalvorError } from '../../../domain/errors/fail.ts'
import type { RejectGroup } from '../../../ports/remedy-tools.ts'
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
export async function lockRejectTable(client: pg.Client, asked: Asked): Promise<RejectSet> {
  const sqlName = quoteName(asked.table)
  if (!(await exists(client, asked.table))) return { rejects: [], files: {} }
  const { rows } = await client.query<{ ctid: string; row: { [column: string]: unknown } }>(
    `SELECT r.ctid::text AS ctid, to_jsonb(r) AS row FROM ${sqlName} r WHERE ${ofTarget}
      ORDER BY r.ctid LIMIT ${mostRows + 1} FOR UPDATE`,
    [asked.target],
  )
  if (rows.length > mostRows)
    throw new SalvorError('rejects_unreadable', { source: asked.table, why: `they are over ${mostRows} rows` })
  return { rejects: rows.map((one) => readRow(one, asked.table)), files: {} }
}

/** How many there are by target and code, without reading them. */
export async function countRejectTable(client: pg.Client, asked: Asked): Promise<RejectGroup[]> {
  if (!(await exists(client, asked.table))) return []
  const { rows } = await client.query<{ target: string; code: string; rows: string; message: string }>(
    `SELECT r.target, coalesce(to_jsonb(r)->>'code', '-') AS code, count(*) AS rows,
            coalesce(min(to_jsonb(r)->>'message'), '') AS message
       FROM ${quoteName(asked.table)} r WHERE ${ofTarget} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
    [asked.target],
  )
  return rows.map((row) => ({ ...row, rows: Number(row.rows) }))
}

/** Takes rows out that were loaded, in the same transaction. */
export async function removeFromTable(client: pg.Client, table: string, ctids: readonly string[]): Promise<void> {
  await client.query(`DELETE FROM ${quoteName(table)} WHERE ctid = ANY ($1::tid[])`, [ctids])
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

/** A table without the two columns is none of rejects, whatever the plan says. */
async function exists(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean; fits: string }>(
    `SELECT to_regclass($1) IS NOT NULL AS there, (SELECT count(*) FROM pg_attribute
       WHERE attrelid = to_regclass($1) AND attname IN ('target', 'row') AND NOT attisdropped) AS fits`,
    [quoteName(table)],
  )
  const there = rows[0]?.there === true
  if (there && rows[0]?.fits !== '2')
    throw new SalvorError('rejects_unreadable', { source: table, why: 'it has no columns "target" and "row"' })
  return there
}
