import pg from 'pg'
import { writeName } from '../../domain/object-name.ts'
import type { Column } from './column-expressions.ts'

/** A relation that holds rows, as the catalogue knows it. */
export interface Table {
  /** `schema.table` as writeName writes it: how people, manifests and findings name it. */
  readonly name: string
  readonly schema: string
  readonly relation: string
  /** Quoted, for SQL. */
  readonly sqlName: string
  readonly kind: 'table' | 'partitioned table' | 'materialized view'
  readonly populated: boolean
  /** On disk, with TOAST, without indexes: the weight for progress. */
  readonly bytes: number
  readonly columns: readonly Column[]
  /** Names of the primary key's columns, in its order; empty where there is none. */
  readonly key: readonly string[]
  /** Which of its rows are meant, for a table of an extension that has only some dumped; without it all. */
  readonly where?: string
}

interface TableRow {
  schema: string
  relation: string
  relkind: 'r' | 'p' | 'm'
  populated: boolean
  bytes: string
  columns: {
    name: string
    builtIn: string | null
    isArray: boolean
    hasLength: boolean
    collatable: boolean
    generated: boolean
  }[]
  key: string[]
}

const kinds = { r: 'table', p: 'partitioned table', m: 'materialized view' } as const

/**
 * Every relation whose rows a dump carries, leaves of partitioned tables one by one, in the order of their names. What an
 * extension made belongs to the extension, but for the rows that it names as people's; temporary tables belong to nobody
 * else's eyes.
 */
export async function readTables(client: pg.ClientBase): Promise<Table[]> {
  const conditions = await readConditions(client)
  if (conditions.size === 0) return readWhere(client, OWN_RELATION)
  const tables = await readWhere(client, `((${OWN_RELATION}) OR (${CONFIG_RELATION}))`)
  return tables.map((table) => {
    const { condition = '' } = conditions.get(table.name) ?? {}
    return condition === '' ? table : { ...table, where: condition }
  })
}

/**
 * Those that a loss is counted of, with all their rows: also such as their owner made a member of an extension, which a
 * dump leaves out, and those of extensions that people fill.
 */
export async function readTablesToLose(client: pg.ClientBase): Promise<Table[]> {
  return readWhere(client, `((${TO_LOSE}) OR (${CONFIG_RELATION}))`)
}

/** Of tables that extensions have dumped in part: the rows that are left out, and come as the extension makes them. */
export async function readRestOfTables(client: pg.ClientBase): Promise<(Table & { readonly extension: string })[]> {
  const partly = [...(await readConditions(client))].filter(([, { condition }]) => condition !== '')
  if (partly.length === 0) return []
  const tables = new Map((await readWhere(client, CONFIG_RELATION)).map((table) => [table.name, table]))
  return partly.flatMap(([name, { condition, extension }]) => {
    const table = tables.get(name)
    return table === undefined ? [] : [{ ...table, extension, where: `(${condition}\n) IS NOT TRUE` }]
  })
}

/** By table whose rows an extension has dumped: which of them, and whose table it is. */
async function readConditions(
  client: pg.ClientBase,
): Promise<Map<string, { readonly condition: string; readonly extension: string }>> {
  const { rows } = await client.query<{ schema: string; relation: string; extension: string; condition: string }>(
    CONFIGURED,
  )
  return new Map(
    rows.map(({ schema, relation, extension, condition }) => [
      writeName([schema, relation]),
      { extension, condition: condition.replace(/^\s*WHERE\b/i, '').trim() },
    ]),
  )
}

/** Tables of extensions whose rows no dump holds, because the extension does not name them. */
export async function readUndumpedTables(client: pg.ClientBase): Promise<(Table & { readonly extension: string })[]> {
  const { rows } = await client.query<{ schema: string; relation: string; extension: string }>(UNDUMPED)
  if (rows.length === 0) return []
  const extensions = new Map(rows.map((row) => [writeName([row.schema, row.relation]), row.extension]))
  return (await readWhere(client, UNDUMPED_RELATION)).map((table) => ({
    ...table,
    extension: extensions.get(table.name) ?? '',
  }))
}

async function readWhere(client: pg.ClientBase, condition: string): Promise<Table[]> {
  const { rows } = await client.query<TableRow>(selectTables(condition))
  return rows.map((row) => ({
    name: writeName([row.schema, row.relation]),
    schema: row.schema,
    relation: row.relation,
    sqlName: `${pg.escapeIdentifier(row.schema)}.${pg.escapeIdentifier(row.relation)}`,
    kind: kinds[row.relkind],
    populated: row.populated,
    bytes: Number(row.bytes),
    columns: row.columns,
    key: row.key,
  }))
}

/** Relations (aliased c, in n) that neither the server nor a session made for itself. */
const NAMED_BY_PEOPLE = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relpersistence <> 't'`

/** Relations that belong to the database's own content. */
const OWN_RELATION = `${NAMED_BY_PEOPLE}
  AND NOT EXISTS (SELECT FROM pg_depend e
                   WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`

/**
 * Relations whose rows would be gone. What a superuser's extension brought comes with it again; but any owner may make
 * a table of theirs a member of an extension, and what is in that would be lost all the same.
 */
export const TO_LOSE = `${NAMED_BY_PEOPLE}
  AND NOT EXISTS (SELECT FROM pg_depend e JOIN pg_roles r ON r.oid = c.relowner AND r.rolsuper
                   WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`

/** What initdb made, such as plpgsql, is in no dump: those have smaller numbers. */
const FIRST_NORMAL_OID = 16_384

/** Tables of extensions whose rows are people's: a dump carries them. */
export const CONFIG_RELATION = `c.relkind = 'r'
  AND EXISTS (SELECT FROM pg_extension x WHERE x.oid >= ${FIRST_NORMAL_OID} AND c.oid = ANY (x.extconfig))`

const CONFIGURED = `
SELECT n.nspname AS schema, c.relname AS relation, x.extname AS extension, coalesce(each.condition, '') AS condition
  FROM pg_extension x CROSS JOIN LATERAL unnest(x.extconfig, x.extcondition) AS each(oid, condition)
  JOIN pg_class c ON c.oid = each.oid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND x.oid >= ${FIRST_NORMAL_OID}`

const UNDUMPED_RELATION = `c.relkind = 'r' AND c.relpersistence <> 't'
  AND EXISTS (SELECT FROM pg_depend e JOIN pg_extension x ON x.oid = e.refobjid
               WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
                 AND e.refclassid = 'pg_extension'::regclass AND (c.oid = ANY (x.extconfig)) IS NOT TRUE)`

const UNDUMPED = `
SELECT n.nspname AS schema, c.relname AS relation, x.extname AS extension
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
  JOIN pg_extension x ON x.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
 WHERE c.relkind = 'r' AND (c.oid = ANY (x.extconfig)) IS NOT TRUE`

const selectTables = (condition: string) => `
WITH RECURSIVE base(oid, type) AS (
  SELECT oid, oid FROM pg_type
  UNION ALL
  SELECT base.oid, t.typbasetype FROM base JOIN pg_type t ON t.oid = base.type WHERE t.typtype = 'd'
), plain AS (
  SELECT base.oid, t.typname, t.typcategory = 'A' AS is_array,
         t.typtype = 'b' AND t.typnamespace = 'pg_catalog'::regnamespace AND t.typcategory <> 'A' AS built_in,
         t.typtypmod AS domain_typmod
    FROM base JOIN pg_type t ON t.oid = base.type WHERE t.typtype <> 'd'
), domain_length AS (
  SELECT oid, bool_or(typtypmod > 0) AS limited
    FROM (SELECT base.oid, t.typtypmod FROM base JOIN pg_type t ON t.oid = base.type WHERE t.typtype = 'd') d GROUP BY oid
)
SELECT n.nspname AS schema, c.relname AS relation, c.relkind, c.relispopulated AS populated,
       pg_table_size(c.oid) AS bytes,
       coalesce((
         SELECT json_agg(json_build_object(
                  'name', a.attname,
                  'builtIn', CASE WHEN p.built_in THEN p.typname END,
                  'isArray', p.is_array,
                  'hasLength', a.atttypmod > 0 OR coalesce(l.limited, false),
                  'collatable', a.attcollation <> 0,
                  'generated', a.attgenerated <> '') ORDER BY a.attnum)
           FROM pg_attribute a
           JOIN plain p ON p.oid = a.atttypid
           LEFT JOIN domain_length l ON l.oid = a.atttypid
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]') AS columns,
       coalesce((
         SELECT json_agg(a.attname ORDER BY k.position)
           FROM pg_index i
           CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, position)
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
          WHERE i.indrelid = c.oid AND i.indisprimary AND k.position <= i.indnkeyatts), '[]') AS key
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'm') AND ${condition}
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`
