import type pg from 'pg'

/** An expression that rows go through when they are loaded. */
export interface Asked {
  readonly kind: 'check' | 'generated column' | 'index'
  /** The relation's OID, schema and name, and the constraint's, column's or index's own. */
  readonly oid: string
  readonly schema: string
  readonly relation: string
  readonly name: string
  readonly expression: string
  /** OIDs of functions that it calls itself. */
  readonly functions: readonly string[]
}

/** Those that call a function, or use an operator, that is not PostgreSQL's own. */
export async function listAsked(client: pg.Client): Promise<Asked[]> {
  const { rows } = await client.query<Asked>(`
WITH called AS (
  SELECT d.classid, d.objid, p.oid::text AS function FROM pg_depend d JOIN pg_proc p ON p.oid = d.refobjid
   WHERE d.refclassid = 'pg_proc'::regclass AND p.pronamespace <> 'pg_catalog'::regnamespace
  UNION
  SELECT d.classid, d.objid, o.oprcode::oid::text FROM pg_depend d JOIN pg_operator o ON o.oid = d.refobjid
   WHERE d.refclassid = 'pg_operator'::regclass AND o.oprnamespace <> 'pg_catalog'::regnamespace
), callers AS (
  SELECT classid, objid, array_agg(function ORDER BY function) AS functions FROM called GROUP BY 1, 2
), found AS (
  SELECT 'check' AS kind, k.conrelid AS relation, k.conname AS name, pg_get_expr(k.conbin, k.conrelid) AS expression, c.functions
    FROM callers c JOIN pg_constraint k ON c.classid = 'pg_constraint'::regclass AND k.oid = c.objid
   WHERE k.contype = 'c' AND k.conrelid <> 0 AND k.convalidated
  UNION ALL
  SELECT 'generated column', d.adrelid, a.attname, pg_get_expr(d.adbin, d.adrelid), c.functions
    FROM callers c JOIN pg_attrdef d ON c.classid = 'pg_attrdef'::regclass AND d.oid = c.objid
    JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum AND a.attgenerated = 's'
  UNION ALL
  SELECT 'index', i.indrelid, x.relname, pg_get_indexdef(i.indexrelid, k, true), c.functions
    FROM callers c JOIN pg_index i ON c.classid = 'pg_class'::regclass AND i.indexrelid = c.objid
    JOIN pg_class x ON x.oid = i.indexrelid, generate_series(1, i.indnkeyatts::int) AS k
   WHERE i.indkey[k - 1] = 0
  UNION ALL
  SELECT 'index', i.indrelid, x.relname, pg_get_expr(i.indpred, i.indrelid), c.functions
    FROM callers c JOIN pg_index i ON c.classid = 'pg_class'::regclass AND i.indexrelid = c.objid
    JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indpred IS NOT NULL
)
SELECT f.kind, f.relation::text AS oid, n.nspname::text AS schema, c.relname::text AS relation, f.name::text AS name,
       f.expression, f.functions
  FROM found f JOIN pg_class c ON c.oid = f.relation JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY 3, 4, 1, 5`)
  return rows
}

/** A column of a made-up row: a plausible value of its type, and none. */
interface MadeUp {
  readonly name: string
  readonly sample: string
  readonly blank: string
}

export async function listColumns(client: pg.Client, relation: string): Promise<MadeUp[]> {
  const { rows } = await client.query<MadeUp>(
    `SELECT a.attname::text AS name, 'NULL::' || format_type(a.atttypid, a.atttypmod) AS blank,
            CASE WHEN t.typcategory = 'N' THEN '''0''' WHEN t.typcategory = 'S' THEN ''''''
                 WHEN t.typcategory = 'B' THEN '''true''' WHEN t.typcategory = 'A' THEN '''{}'''
                 WHEN t.typname LIKE 'time' OR t.typname = 'timetz' THEN '''00:00'''
                 WHEN t.typcategory = 'D' THEN '''2000-01-01''' ELSE 'NULL' END
              || '::' || format_type(a.atttypid, a.atttypmod) AS sample
       FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [relation],
  )
  return rows
}

/** Materialized views that call a function of the database's own, or ask another view, which may. */
export async function listRefreshed(client: pg.Client): Promise<{ schema: string; name: string }[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
SELECT DISTINCT n.nspname::text AS schema, c.relname::text AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_rewrite r ON r.ev_class = c.oid
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
  LEFT JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
  LEFT JOIN pg_class v ON d.refclassid = 'pg_class'::regclass AND v.oid = d.refobjid AND v.oid <> c.oid
 WHERE c.relkind = 'm' AND (p.pronamespace <> 'pg_catalog'::regnamespace OR v.relkind IN ('v', 'm')) ORDER BY 1, 2`)
  return rows
}
