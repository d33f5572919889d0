import pg from 'pg'
import type { RemedyEffect } from '../../domain/remedy.ts'
import type { RowSample } from '../../ports/remedy-tools.ts'

/** A sample is for seeing what a remedy is like; the numbers are for counting. */
const tablesShown = 3
const rowsShown = 3
/** Rows looked at on each side to find pairs. */
const rowsRead = 50
/** Larger tables are not searched for their changed rows: that reads all of them. In bytes. */
const largestSearched = 256 * 1024 ** 2

interface SampledTable {
  readonly name: string
  readonly sqlName: string
  readonly key: readonly string[]
  readonly rows: readonly Row[]
}

type Row = { readonly [column: string]: unknown }

/** Rows that the open transaction wrote, found by their own transaction id. Call before it is rolled back. */
export async function readAfter(client: pg.Client, effect: RemedyEffect): Promise<SampledTable[]> {
  const sampled: SampledTable[] = []
  for (const name of Object.keys(effect.tables).slice(0, tablesShown)) {
    const table = await findTable(client, name)
    if (table === null) continue
    const rows = await readRows(client, table.sqlName, 'xmin', await shortXid(client))
    sampled.push({ ...table, name, rows })
  }
  return sampled
}

/** The same rows as they are once it was rolled back, told by the mark that the ended transaction left on them. */
export async function pairSamples(
  client: pg.Client,
  after: readonly SampledTable[],
  of: {
    readonly xid: string
    readonly effect: RemedyEffect
    readonly showRows: boolean
    readonly redact: (text: string) => string
  },
): Promise<RowSample[]> {
  const short = (BigInt(of.xid) & 0xffffffffn).toString()
  const samples: RowSample[] = []
  for (const table of after) {
    const before = await readRows(client, table.sqlName, 'xmax', short).catch(() => [])
    const keyOf = (row: Row) => table.key.map((column) => `${column} ${writeValue(row[column])}`).join(', ')
    const known = new Map(table.rows.map((row) => [keyOf(row), row]))
    const pairs = before.map((row) => ({ key: keyOf(row), was: row, is: known.get(keyOf(row)) }))
    const seen = new Set(pairs.map(({ key }) => key))
    const { deleted = 0, inserted = 0 } = of.effect.tables[table.name] ?? {}
    const told = [
      ...pairs.filter(({ is }) => is !== undefined || deleted > 0),
      ...(inserted > 0 ? table.rows.map((is) => ({ key: keyOf(is), was: undefined, is })) : []).filter(
        ({ key }) => !seen.has(key),
      ),
    ].slice(0, rowsShown)
    for (const { key, was, is } of told) {
      const what = was === undefined ? 'inserted' : is === undefined ? 'deleted' : 'updated'
      const columns = changedColumns(was, is)
      if (what === 'updated' && columns.length === 0) continue
      const shown = Object.fromEntries(
        columns.map((column) => {
          const [before, after] = [was, is].map((row) => of.redact(writeValue(row?.[column])))
          return [column, { before: before ?? '', after: after ?? '' }]
        }),
      )
      const sample = { table: table.name, what, key: of.redact(key), columns } as const
      samples.push(of.showRows && what === 'updated' ? { ...sample, values: shown } : sample)
    }
  }
  return samples
}

/** Null where rows cannot be told apart (no primary key) or the search would take too long. */
async function findTable(
  client: pg.Client,
  name: string,
): Promise<{ readonly sqlName: string; readonly key: readonly string[] } | null> {
  const { rows } = await client.query<{ schema: string; relation: string; bytes: string; key: string[] }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS relation, pg_relation_size(c.oid) AS bytes,
            ARRAY(SELECT a.attname::text FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(att, at)
                    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.att
                   WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.at) AS key
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname || '.' || c.relname = $1 AND c.relkind = 'r'`,
    [name],
  )
  const [row] = rows
  if (row === undefined || row.key.length === 0 || Number(row.bytes) > largestSearched) return null
  return { sqlName: `${pg.escapeIdentifier(row.schema)}.${pg.escapeIdentifier(row.relation)}`, key: row.key }
}

async function readRows(client: pg.Client, sqlName: string, mark: 'xmin' | 'xmax', xid: string): Promise<Row[]> {
  const { rows } = await client.query<{ row: Row }>(
    `SELECT to_jsonb(t) AS row FROM ONLY ${sqlName} t WHERE t.${mark}::text = $1 LIMIT ${rowsRead}`,
    [xid],
  )
  return rows.map(({ row }) => row)
}

/** Rows carry the lower half of a transaction's number. */
async function shortXid(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ xid: string }>('SELECT pg_current_xact_id()::xid::text AS xid')
  return rows[0]?.xid ?? ''
}

function changedColumns(was: Row | undefined, is: Row | undefined): string[] {
  if (was === undefined || is === undefined) return []
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
}

function writeValue(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
