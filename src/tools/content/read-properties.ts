import type { ClientBase } from 'pg'
import type { DatabaseProperties } from '../../domain/database-properties.ts'

/** What belongs to a database beside its content; null where there is no database of that name. */
export async function readProperties(client: ClientBase, database: string): Promise<DatabaseProperties | null> {
  const { rows } = await client.query<DatabaseProperties>(PROPERTIES, [database])
  return rows[0] ?? null
}

const PROPERTIES = `
SELECT pg_get_userbyid(d.datdba) AS owner,
       to_json(d.datacl::text[]) AS acl,
       d.datconnlimit AS "connectionLimit",
       shobj_description(d.oid, 'pg_database') AS comment,
       pg_encoding_to_char(d.encoding) AS encoding,
       d.datcollate AS collate, d.datctype AS ctype,
       (SELECT spcname FROM pg_tablespace WHERE oid = d.dattablespace) AS tablespace,
       d.datistemplate AS "isTemplate",
       to_json(coalesce((SELECT setconfig FROM pg_db_role_setting WHERE setdatabase = d.oid AND setrole = 0), '{}')) AS settings,
       coalesce((SELECT json_object_agg(r.rolname, s.setconfig)
                   FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
                  WHERE s.setdatabase = d.oid), '{}') AS "roleSettings"
  FROM pg_database d WHERE d.datname = $1`
