import pg from 'pg'
import type { SequenceContent } from '../../domain/content.ts'

/** A sequence with every column that takes its values. */
export interface Sequence extends SequenceContent {
  /** The value that nextval would give now; null where the role may not read it. */
  readonly next: bigint | null
  readonly increment: bigint
  readonly feeds: readonly { readonly table: string; readonly sqlTable: string; readonly column: string }[]
}

interface SequenceRow {
  schema: string
  relation: string
  increment: string
  readable: boolean
  owned_by: string | null
  feeds: { schema: string; relation: string; column: string }[]
}

/**
 * All sequences with their state now: they do not follow snapshots. Read them before a dump begins, then what the dump
 * holds is never behind.
 */
export async function readSequences(client: pg.ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<SequenceRow>(SEQUENCES)
  const sequences: Sequence[] = []
  for (const row of rows) {
    const state = row.readable ? await readState(client, row) : { lastValue: null, next: null }
    sequences.push({
      name: `${row.schema}.${row.relation}`,
      ownedBy: row.owned_by,
      increment: BigInt(row.increment),
      feeds: row.feeds.map((feed) => ({
        table: `${feed.schema}.${feed.relation}`,
        sqlTable: `${pg.escapeIdentifier(feed.schema)}.${pg.escapeIdentifier(feed.relation)}`,
        column: feed.column,
      })),
      ...state,
    })
  }
  return sequences
}

async function readState(client: pg.ClientBase, row: SequenceRow): Promise<Pick<Sequence, 'lastValue' | 'next'>> {
  const name = `${pg.escapeIdentifier(row.schema)}.${pg.escapeIdentifier(row.relation)}`
  const { rows } = await client.query<{ last_value: string; is_called: boolean }>(
    `SELECT last_value::text, is_called FROM ${name}`,
  )
  const [state] = rows
  if (state === undefined) return { lastValue: null, next: null }
  const last = BigInt(state.last_value)
  return {
    lastValue: state.is_called ? state.last_value : null,
    next: state.is_called ? last + BigInt(row.increment) : last,
  }
}

// A column is fed by a sequence that it owns (serial, identity) or that its default names.
const SEQUENCES = `
WITH feeds AS (
  SELECT objid AS sequence, refobjid AS relation, refobjsubid AS attnum, true AS owned
    FROM pg_depend
   WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND refobjsubid > 0 AND deptype IN ('a', 'i')
  UNION
  SELECT d.refobjid, a.adrelid, a.adnum, false
    FROM pg_depend d JOIN pg_attrdef a ON a.oid = d.objid
   WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'n'
), named AS (
  SELECT f.sequence, f.owned, n.nspname, c.relname, a.attname
    FROM feeds f
    JOIN pg_class c ON c.oid = f.relation AND c.relkind IN ('r', 'p')
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = f.relation AND a.attnum = f.attnum
)
SELECT n.nspname AS schema, c.relname AS relation, s.seqincrement::text AS increment,
       has_sequence_privilege(c.oid, 'SELECT') AS readable,
       (SELECT nspname || '.' || relname || '.' || attname FROM named WHERE sequence = c.oid AND owned LIMIT 1) AS owned_by,
       coalesce((SELECT json_agg(DISTINCT jsonb_build_object('schema', nspname, 'relation', relname, 'column', attname))
                   FROM named WHERE sequence = c.oid), '[]') AS feeds
  FROM pg_sequence s
  JOIN pg_class c ON c.oid = s.seqrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname !~ '^pg_' AND c.relpersistence <> 't'
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`
