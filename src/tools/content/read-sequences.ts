import pg from 'pg'
import type { SequenceContent } from '../../domain/content.ts'
import { writeNameSql } from '../../domain/object-name.ts'
import { inBatches } from './batches.ts'
import { type Snapshot, type SnapshotOptions, trySavepoint } from './snapshot.ts'

/** A sequence with how it counts and every column that takes its values. */
export interface Sequence {
  readonly name: string
  /** null where the role may not read it. */
  readonly state: SequenceState | null
  readonly increment: bigint
  readonly cycles: boolean
  readonly feeds: readonly Feed[]
}

export type SequenceState = Pick<SequenceContent, 'called'> & { readonly lastValue: string }

interface Feed {
  readonly table: string
  /** `schema.table.column`, for people. */
  readonly column: string
  /** The furthest value that the column holds, in the sequence's direction; null for none, or for what cannot be read. */
  readonly reaches: string | null
}

interface SequenceRow {
  name: string
  schema: string
  relation: string
  increment: string
  cycles: boolean
  readable: boolean
  feeds: { table: string; schema: string; relation: string; column: string }[]
}

/** Statements that ask of so many sequences or columns at once. */
const BATCH = 200

/**
 * All sequences with their state now: they do not follow snapshots. Read them before a dump begins, then what the dump
 * holds is never behind.
 */
export async function readSequences(of: SnapshotOptions, snapshot: Snapshot): Promise<Sequence[]> {
  const { rows } = await snapshot.client.query<SequenceRow>(SEQUENCES)
  if (rows.length === 0) return []
  const states = new Map<SequenceRow, SequenceState>()
  const reached = new Map<string, string>()
  await inBatches(of, snapshot, cut(rows.filter((row) => row.readable)), async (client, batch) => {
    const found = await askMany(client, of.signal, batch, ({ schema, relation }) => ({
      one: 'last_value::text',
      other: 'is_called::text',
      from: qualify(schema, relation),
    }))
    for (const [row, { one, other }] of found)
      if (one !== null) states.set(row, { lastValue: one, called: other === 'true' })
  })
  const feeds = rows.flatMap((row) => row.feeds.map((feed) => ({ ...feed, rises: !row.increment.startsWith('-') })))
  await inBatches(of, snapshot, cut(feeds), async (client, batch) => {
    const found = await askMany(client, of.signal, batch, (feed) => ({
      one: `${feed.rises ? 'max' : 'min'}(${pg.escapeIdentifier(feed.column)})::text`,
      other: 'NULL::text',
      // Without ONLY: a partitioned table's sequence feeds its leaves.
      from: qualify(feed.schema, feed.relation),
    }))
    for (const [feed, { one }] of found) if (one !== null) reached.set(keyOf(feed), one)
  })
  return rows.map((row) => ({
    name: row.name,
    state: states.get(row) ?? null,
    increment: BigInt(row.increment),
    cycles: row.cycles,
    feeds: row.feeds.map((feed) => ({
      table: feed.table,
      column: `${feed.table}.${feed.column}`,
      reaches: reached.get(keyOf(feed)) ?? null,
    })),
  }))
}

/** The value that nextval would give now. */
export function nextOf({ state, increment }: Pick<Sequence, 'state' | 'increment'>): bigint | null {
  if (state === null) return null
  return state.called ? BigInt(state.lastValue) + increment : BigInt(state.lastValue)
}

/** Columns that already hold the next value or a later one. One that cycles comes back to used values by design. */
export function findBehind(sequence: Sequence): { column: string; reaches: string }[] {
  const next = nextOf(sequence)
  if (next === null || sequence.cycles) return []
  return sequence.feeds.flatMap(({ column, reaches }) => {
    if (reaches === null || !/^-?\d+$/.test(reaches)) return []
    const used = sequence.increment > 0n ? next <= BigInt(reaches) : next >= BigInt(reaches)
    return used ? [{ column, reaches }] : []
  })
}

interface Answer {
  readonly one: string | null
  readonly other: string | null
}

/** One statement for all; where one of them cannot be read, each for itself, and that one is left out. */
async function askMany<T>(
  client: pg.Client,
  signal: AbortSignal,
  items: readonly T[],
  write: (item: T) => { one: string; other: string; from: string },
): Promise<Map<T, Answer>> {
  const ask = async (some: readonly T[]) => {
    const selects = some.map((item, at) => {
      const { one, other, from } = write(item)
      return `SELECT ${at} AS at, ${one} AS one, ${other} AS other FROM ${from}`
    })
    const { rows } = await client.query<Answer & { at: number }>(selects.join(' UNION ALL '))
    return rows.flatMap(({ at, ...answer }): [T, Answer][] => {
      const item = some[at]
      return item === undefined ? [] : [[item, answer]]
    })
  }
  const tried = await trySavepoint(client, signal, () => ask(items))
  if ('value' in tried) return new Map(tried.value)
  const found: [T, Answer][] = []
  for (const item of items) {
    const alone = await trySavepoint(client, signal, () => ask([item]))
    if ('value' in alone) found.push(...alone.value)
  }
  return new Map(found)
}

function cut<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_none, at) =>
    items.slice(at * BATCH, (at + 1) * BATCH),
  )
}

function qualify(schema: string, relation: string): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(relation)}`
}

function keyOf(feed: { readonly table: string; readonly column: string }): string {
  return [feed.table, feed.column].join('\0')
}

// A column is fed by a sequence that it owns (serial, identity) or that its default names.
const SEQUENCES = `
WITH feeds AS (
  SELECT objid AS sequence, refobjid AS relation, refobjsubid AS attnum
    FROM pg_depend
   WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND refobjsubid > 0 AND deptype IN ('a', 'i')
  UNION
  SELECT d.refobjid, a.adrelid, a.adnum
    FROM pg_depend d JOIN pg_attrdef a ON a.oid = d.objid
   WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'n'
), named AS (
  SELECT f.sequence, json_agg(json_build_object('table', ${writeNameSql('n.nspname', 'c.relname')}, 'schema', n.nspname,
           'relation', c.relname, 'column', a.attname) ORDER BY n.nspname, c.relname, a.attnum) AS feeds
    FROM feeds f
    JOIN pg_class c ON c.oid = f.relation AND c.relkind IN ('r', 'p')
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = f.relation AND a.attnum = f.attnum
   GROUP BY f.sequence
)
SELECT ${writeNameSql('n.nspname', 'c.relname')} AS name, n.nspname AS schema, c.relname AS relation,
       s.seqincrement::text AS increment, s.seqcycle AS cycles,
       has_sequence_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE') AS readable,
       coalesce(named.feeds, '[]') AS feeds
  FROM pg_sequence s
  JOIN pg_class c ON c.oid = s.seqrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN named ON named.sequence = c.oid
 WHERE n.nspname !~ '^pg_' AND c.relpersistence <> 't'
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`
