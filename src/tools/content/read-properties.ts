import type { ClientBase } from 'pg'
import type { DatabaseProperties } from '../../domain/database-properties.ts'

/** What belongs to a database beside its content; null where there is no database of that name. */
export async function readProperties(client: ClientBase, database: string): Promise<DatabaseProperties | null> {
  const version = await client.query<{ number: number }>(`SELECT current_setting('server_version_num')::int AS number`)
  const actual = (version.rows[0]?.number ?? 0) >= 150_000 ? 'pg_database_collation_actual_version(d.oid)' : 'NULL'
  const { rows } = await client.query<DatabaseProperties>(writeQuery(actual), [database])
  return rows[0] ?? null
}

/** Columns for locales came one by one and one changed its name, so the row itself is asked for those. */
const writeQuery = (actualVersion: string): string => `
SELECT pg_get_userbyid(d.datdba) AS owner,
       to_json(d.datacl::text[]) AS acl,
       d.datconnlimit AS "connectionLimit",
       shobj_description(d.oid, 'pg_database') AS comment,
       pg_encoding_to_char(d.encoding) AS encoding,
       d.datcollate AS collate, d.datctype AS ctype,
       CASE to_jsonb(d)->>'datlocprovider' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END AS provider,
       coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale') AS locale,
       to_jsonb(d)->>'daticurules' AS "icuRules",
       to_jsonb(d)->>'datcollversion' AS "collationVersion",
       ${actualVersion} AS "libraryVersion",
       (SELECT spcname FROM pg_tablespace WHERE oid = d.dattablespace) AS tablespace,
       d.datistemplate AS "isTemplate",
       to_json(coalesce((SELECT setconfig FROM pg_db_role_setting WHERE setdatabase = d.oid AND setrole = 0), '{}')) AS settings,
       coalesce((SELECT json_object_agg(r.rolname, s.setconfig)
                   FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
                  WHERE s.setdatabase = d.oid), '{}') AS "roleSettings"
  FROM pg_database d WHERE d.datname = $1`
