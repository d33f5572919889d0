import pg from 'pg'
import { parseCopyLine } from './parse-copy.ts'
import { isTarget, type RejectSet } from './reject.ts'

/**
 * Rejects that a migration kept in a table: `target` and `row` (a line of COPY's text format) must be columns of it;
 * `columns`, `code`, `message` may be. With `lock`, nobody else changes the rows until the transaction ends.
 */
export async function readRejectTable(
  client: pg.Client,
  of: { readonly table: string; readonly target: string | null; readonly lock: boolean },
): Promise<RejectSet> {
  const sqlName = quoteName(of.table)
  if (!(await exists(client, sqlName))) return { rejects: [], files: {} }
  const { rows } = await client.query<{ ctid: string; row: { [column: string]: unknown } }>(
    `SELECT r.ctid::text AS ctid, to_jsonb(r) AS row FROM ${sqlName} r ORDER BY r.ctid ${of.lock ? 'FOR UPDATE' : ''}`,
  )
  const rejects = rows.map(({ ctid, row }) => {
    const { target, columns, row: raw, code, message } = row
    if (typeof target !== 'string' || typeof raw !== 'string')
      throw new RangeError(`${of.table} has no text columns "target" and "row"`)
    return {
      target,
      columns: Array.isArray(columns) ? columns.map(String) : null,
      values: parseCopyLine(raw),
      raw,
      place: { ctid },
      code: typeof code === 'string' ? code : '-',
      message: typeof message === 'string' ? message : '',
    }
  })
  return { rejects: rejects.filter((one) => isTarget(one.target, of.target)), files: {} }
}

/** Takes rows out that were loaded, in the same transaction. */
export async function removeFromTable(client: pg.Client, table: string, ctids: readonly string[]): Promise<void> {
  await client.query(`DELETE FROM ${quoteName(table)} WHERE ctid = ANY ($1::tid[])`, [ctids])
}

/** `schema.table` or `table`, each part quoted: a name out of the plan is never SQL. */
export function quoteName(name: string): string {
  return name.split('.').map(pg.escapeIdentifier).join('.')
}

async function exists(client: pg.Client, sqlName: string): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [sqlName])
  return rows[0]?.there === true
}
