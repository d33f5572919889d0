import type pg from 'pg'

/** A point in the cluster's transactions: rows whose transaction came after it were written since. */
export async function readWriteMark(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ mark: string }>('SELECT pg_current_snapshot()::text AS mark')
  return rows[0]?.mark ?? ''
}

const TURN = 2n ** 32n

/**
 * The SQL condition for «this row's transaction was not finished at the mark». Row headers hold 32 bits of the
 * 64-bit id, so only ids between the mark and now count: an id of an earlier turn would have to fall into that
 * window to be mistaken. Subtransactions that were open at the mark are not seen.
 */
export function writeSince(since: string, now: string): string {
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
