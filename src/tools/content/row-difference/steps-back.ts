import pg from 'pg'
import type { SequenceLoss } from '../../../domain/loss.ts'
import { writeName } from '../../../domain/object-name.ts'
import { nextOf } from '../read-sequences.ts'

interface Standing {
  /** null where the role may not read it. */
  readonly state: { readonly lastValue: string; readonly called: boolean } | null
  readonly increment: bigint
  readonly start: string
}

/** Sequences asked in one statement. */
const TOGETHER = 200

/** Sequences that would give numbers again which live has given already, or whose standing in live nobody may read. */
export async function findStepsBack(live: pg.ClientBase, other: pg.ClientBase): Promise<SequenceLoss[]> {
  const there = await readStandings(other)
  return [...(await readStandings(live))].flatMap(([sequence, now]): SequenceLoss[] => {
    const then = there.get(sequence)
    if (then === undefined) return []
    const [next, before] = [nextOf(now), nextOf(then)]
    if (next === null || before === null) return [{ sequence, live: null, other: describe(then) }]
    const steps = (next - before) * (now.increment < 0n ? -1n : 1n)
    return steps > 0n ? [{ sequence, live: now.state?.lastValue ?? null, other: describe(then) }] : []
  })
}

/** null before its first value. */
function describe({ state, start }: Standing): string | null {
  if (state === null || (!state.called && state.lastValue === start)) return null
  return state.lastValue
}

/** The relation itself is read: pg_sequences has nothing of one that was set to give its value next. */
async function readStandings(client: pg.ClientBase): Promise<Map<string, Standing>> {
  const { rows } = await client.query<{
    schema: string
    name: string
    increment: string
    start: string
    readable: boolean
  }>(
    `SELECT n.nspname AS schema, c.relname AS name, s.seqincrement::text AS increment, s.seqstart::text AS start,
            has_sequence_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE') AS readable
       FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname !~ '^pg_' AND c.relpersistence <> 't' ORDER BY 1, 2`,
  )
  const states = new Map<number, Standing['state']>()
  const readable = rows.flatMap((row, at) => (row.readable ? [{ row, at }] : []))
  for (let from = 0; from < readable.length; from += TOGETHER) {
    const selects = readable.slice(from, from + TOGETHER).map(({ row, at }) => {
      const relation = `${pg.escapeIdentifier(row.schema)}.${pg.escapeIdentifier(row.name)}`
      return `SELECT ${at} AS at, last_value::text AS last, is_called AS called FROM ${relation}`
    })
    const found = await client.query<{ at: number; last: string; called: boolean }>(selects.join(' UNION ALL '))
    for (const { at, last, called } of found.rows) states.set(at, { lastValue: last, called })
  }
  return new Map(
    rows.map(({ schema, name, increment, start }, at) => [
      writeName([schema, name]),
      { state: states.get(at) ?? null, increment: BigInt(increment), start },
    ]),
  )
}
