import type pg from 'pg'
import type { SequenceLoss } from '../../../domain/loss.ts'
import { writeName } from '../../../domain/object-name.ts'

interface Standing {
  /** null before its first value, or where the role may not read it. */
  readonly last: string | null
  readonly increment: bigint
}

/** Sequences that would give numbers again which live has given already. */
export async function findStepsBack(live: pg.ClientBase, other: pg.ClientBase): Promise<SequenceLoss[]> {
  const there = await readStandings(other)
  return [...(await readStandings(live))].flatMap(([sequence, now]): SequenceLoss[] => {
    const then = there.get(sequence)
    if (then === undefined || now.last === null || now.last === then.last) return []
    const ahead = then.last === null || (BigInt(now.last) - BigInt(then.last)) * (now.increment < 0n ? -1n : 1n) > 0n
    return ahead ? [{ sequence, live: now.last, other: then.last }] : []
  })
}

async function readStandings(client: pg.ClientBase): Promise<Map<string, Standing>> {
  const { rows } = await client.query<{ schema: string; name: string; increment: string; last: string | null }>(
    `SELECT schemaname AS schema, sequencename AS name, increment_by::text AS increment, last_value::text AS last
       FROM pg_sequences ORDER BY 1, 2`,
  )
  return new Map(
    rows.map((row) => [writeName([row.schema, row.name]), { last: row.last, increment: BigInt(row.increment) }]),
  )
}
