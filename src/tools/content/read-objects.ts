import type { ClientBase } from 'pg'

/** Names of everything that is no table, by kind. Members of extensions count as their extension. */
export async function readObjects(client: ClientBase): Promise<Record<string, string[]>> {
  const { rows } = await client.query<{ kind: string; names: string[] }>(OBJECTS)
  return Object.fromEntries(rows.map((row) => [row.kind, row.names]))
}

/** Roles that own or are granted something in this database, or are named in its policies. */
export async function readRoles(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(ROLES)
  return rows.map((row) => row.name)
}

const OWN_SCHEMA = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`

function notOfExtension(catalogue: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`
}

const OBJECTS = `
WITH named(kind, name) AS (
  SELECT 'schema', n.nspname::text FROM pg_namespace n WHERE ${OWN_SCHEMA} AND ${notOfExtension('pg_namespace', 'n.oid')}
  UNION ALL
  SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'foreign table' END,
         n.nspname || '.' || c.relname
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('v', 'm', 'f') AND c.relpersistence <> 't' AND ${OWN_SCHEMA} AND ${notOfExtension('pg_class', 'c.oid')}
  UNION ALL
  SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
         n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OWN_SCHEMA} AND ${notOfExtension('pg_proc', 'p.oid')}
  UNION ALL
  SELECT CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, n.nspname || '.' || t.typname
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
   WHERE (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c') AND ${OWN_SCHEMA} AND ${notOfExtension('pg_type', 't.oid')}
  UNION ALL
  SELECT 'trigger', n.nspname || '.' || c.relname || '.' || t.tgname
           || CASE t.tgenabled WHEN 'O' THEN '' WHEN 'D' THEN ' (disabled)' ELSE ' (' || t.tgenabled::text || ')' END
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE NOT t.tgisinternal AND ${OWN_SCHEMA}
  UNION ALL
  SELECT 'policy', n.nspname || '.' || c.relname || '.' || p.polname
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  UNION ALL
  SELECT 'extension', extname FROM pg_extension
  UNION ALL
  SELECT 'event trigger', evtname FROM pg_event_trigger
  UNION ALL
  SELECT 'publication', pubname FROM pg_publication
)
SELECT kind, json_agg(name ORDER BY name COLLATE "C") AS names FROM named GROUP BY kind ORDER BY kind`

// The bootstrap superuser is pinned and stands in no pg_shdepend row, so owners of relations are asked as well.
const ROLES = `
SELECT DISTINCT r.rolname AS name
  FROM pg_roles r
 WHERE r.rolname !~ '^pg_'
   AND (EXISTS (SELECT FROM pg_shdepend d
                 WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid
                   AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()))
        OR EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relowner = r.oid AND ${OWN_SCHEMA}))
 ORDER BY 1`
