import type { ClientBase } from 'pg'
import { OWN_RELATION } from './read-tables.ts'

/** An index or constraint of one table, with the server's own word on whether it holds. */
export interface Definition {
  readonly kind: 'index' | 'constraint'
  /** `schema.table`. */
  readonly table: string
  readonly name: string
  readonly definition: string
  /** indisvalid and indisready, or convalidated. */
  readonly valid: boolean
}

/** Definitions by `schema.table`. Run with an empty search_path, so that they print with their schemas. */
export async function readDefinitions(client: ClientBase): Promise<Map<string, Definition[]>> {
  const { rows } = await client.query<Definition>(DEFINITIONS)
  return Map.groupBy(rows, (row) => row.table)
}

/** What a manifest keeps: name → definition. An invalid index is left out, since pg_dump leaves it out as well. */
export function keepDefinitions(definitions: readonly Definition[], kind: Definition['kind']): Record<string, string> {
  const kept = definitions.filter((each) => each.kind === kind && (kind === 'constraint' || each.valid))
  return Object.fromEntries(kept.map((each) => [each.name, each.definition]))
}

/**
 * The same expression may print differently after a dump and restore: `ANY ((ARRAY['a'::varchar])::text[])` comes
 * back as `ANY (ARRAY[('a'::varchar)::text])`. Casts between string types, parentheses and blanks do not count.
 */
export function normaliseDefinition(definition: string): string {
  return definition.replace(/::(?:character varying|text|bpchar)(?:\(\d+\))?(?:\[\])?/g, '').replace(/[()\s]/g, '')
}

// Not-null constraints of PostgreSQL 18 are in the columns; constraint triggers are among the triggers.
const DEFINITIONS = `
SELECT 'index' AS kind, n.nspname || '.' || c.relname AS "table", x.relname AS name,
       pg_get_indexdef(i.indexrelid) AS definition, i.indisvalid AND i.indisready AS valid
  FROM pg_index i
  JOIN pg_class x ON x.oid = i.indexrelid
  JOIN pg_class c ON c.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'm') AND ${OWN_RELATION}
UNION ALL
SELECT 'constraint', n.nspname || '.' || c.relname, o.conname, pg_get_constraintdef(o.oid), o.convalidated
  FROM pg_constraint o
  JOIN pg_class c ON c.oid = o.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE o.contype NOT IN ('n', 't') AND ${OWN_RELATION}
 ORDER BY 1, 2, 3`
