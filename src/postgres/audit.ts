import type pg from 'pg'
import { type Anchor, findMissing, type Head } from '../domain/anchor.ts'
import { type ChainVerdict, checkChain } from '../domain/chain.ts'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Json } from '../domain/json.ts'
import { inTransaction } from './pool.ts'
import { type Row, readEvent } from './rows.ts'

/** The heads of all journals, number 0 included. */
export async function listHeads(pool: pg.Pool): Promise<Head[]> {
  const { rows } = await pool.query<Head & { closedAt: Date | null }>(
    `SELECT number AS incident, head_no AS no, head_hash AS hash, closed_at AS "closedAt"
       FROM salvor.incidents ORDER BY number`,
  )
  return rows.map((row) => ({ ...row, closedAt: row.closedAt === null ? null : row.closedAt.toISOString() }))
}

/** The hash of one event; undefined where there is none. */
export async function readHash(pool: pg.Pool, incident: number, no: number): Promise<string | undefined> {
  const sql = 'SELECT hash FROM salvor.events WHERE incident = $1 AND no = $2'
  return (await pool.query<{ hash: string }>(sql, [incident, no])).rows[0]?.hash
}

/**
 * Re-computes the chain of one incident's journal from its first event, in one snapshot, and looks which of the given
 * anchors it does not contain.
 */
export async function auditIncident(
  pool: pg.Pool,
  number: number,
  anchors: readonly Anchor[] = [],
): Promise<ChainVerdict & { readonly missing: readonly Anchor[] }> {
  return inTransaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const heads = await client.query<Row>('SELECT head_no, head_hash FROM salvor.incidents WHERE number = $1', [number])
    const head = heads.rows[0]
    if (!head) throw new SalvorError('audit_unknown', { number })
    const { rows } = await client.query<Row>('SELECT * FROM salvor.events WHERE incident = $1 ORDER BY no', [number])
    const links = rows.map((row) => {
      const event = readEvent(row)
      return { ...event, data: event.data as unknown as Json }
    })
    const verdict = checkChain(links, { headNo: head.head_no as number, headHash: head.head_hash as string })
    return { ...verdict, missing: findMissing(links, anchors) }
  })
}
