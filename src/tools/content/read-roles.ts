import type { ClientBase } from 'pg'

/** Roles that own or are granted something in this database, or are named in its policies. */
export async function readRoles(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(ROLES)
  return rows.map((row) => row.name)
}

// The bootstrap superuser is pinned and stands in no pg_shdepend row, so owners of relations are asked as well.
const ROLES = `
SELECT DISTINCT r.rolname AS name
  FROM pg_roles r
 WHERE r.rolname !~ '^pg_'
   AND (EXISTS (SELECT FROM pg_shdepend d
                 WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid
                   AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()))
        OR EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relowner = r.oid AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'))
 ORDER BY 1`
