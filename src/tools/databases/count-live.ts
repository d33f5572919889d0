import pg from 'pg'
import { emptyByName } from '../../domain/by-name.ts'
import { writeName } from '../../domain/object-name.ts'
import type { LiveCount } from '../../ports/database-tools.ts'
import { TO_LOSE } from '../content/read-tables.ts'

/** A point in the cluster's transactions: rows whose transaction came after it were written since. */
export async function readWriteMark(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ mark: string }>('SELECT pg_current_snapshot()::text AS mark')
  return rows[0]?.mark ?? ''
}

/**
 * Exact rows by table in one snapshot, and how many of them were inserted or updated since a mark. The numbers come
 * from each row's own transaction id, not from statistics: those arrive late, and count what was rolled back.
 * Row security is off, so that a role that would see only a part gets an error instead of a wrong number.
 */
export async function countLiveOn(client: pg.Client, since: string | null): Promise<LiveCount> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    await client.query('SET LOCAL row_security = off')
    const written = writeSince(since, await readWriteMark(client))
    const rows = emptyByName<number>()
    const writes = emptyByName<number>()
    for (const table of await listTables(client)) {
      const counted = await client.query<{ rows: string; written: string }>(
        `SELECT count(*) AS rows, count(*) FILTER (WHERE ${written}) AS written
           FROM ONLY ${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.name)}`,
      )
      add(rows, table, counted.rows[0]?.rows)
      add(writes, table, counted.rows[0]?.written)
    }
    await client.query('COMMIT')
    return { rows, written: writes }
  } catch (thrown) {
    await client.query('ROLLBACK').catch(() => {})
    throw thrown
  }
}

interface TableName {
  readonly schema: string
  readonly name: string
}

/** Tables that hold rows of their own. */
async function listTables(client: pg.Client): Promise<TableName[]> {
  const { rows } = await client.query<TableName>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND ${TO_LOSE}
      ORDER BY 1, 2`,
  )
  return rows
}

function add(counts: Record<string, number>, table: TableName, text: string | undefined): void {
  const count = Number(text ?? 0)
  if (count > 0) counts[writeName([table.schema, table.name])] = count
}

const TURN = 2n ** 32n

/**
 * The SQL condition for «this row's transaction was not finished at the mark». Row headers hold 32 bits of the
 * 64-bit id, so only ids between the mark and now count: an id of an earlier turn would have to fall into that
 * window to be mistaken. Subtransactions that were open at the mark are not seen.
 */
function writeSince(since: string | null, now: string): string {
  if (since === null) return 'false'
  const [, markMax = 0n, open] = readMark(since)
  const [, nowMax = 0n] = readMark(now)
  const from = markMax % TURN
  const id = 'xmin::text::bigint'
  const distance = `((${id} - ${from} + ${TURN}) % ${TURN})`
  const after = `(${id} >= 3 AND ${distance} < ${nowMax - markMax})`
  return open.length === 0 ? after : `(${after} OR ${id} IN (${open.map((one) => one % TURN).join(', ')}))`
}

/** A snapshot's text `xmin:xmax:xip,…`; throws RangeError for anything else, as it becomes part of a statement. */
function readMark(mark: string): [bigint, bigint, bigint[]] {
  const match = /^(\d+):(\d+):((?:\d+(?:,\d+)*)?)$/.exec(mark)
  if (!match) throw new RangeError(`not a snapshot: ${mark}`)
  const open = match[3] === '' || match[3] === undefined ? [] : match[3].split(',').map(BigInt)
  return [BigInt(match[1] ?? 0), BigInt(match[2] ?? 0), open]
}
