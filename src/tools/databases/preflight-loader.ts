import type pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'

/**
 * A role that loads alone is a border only as long as it can do nothing else: code of a backup that runs as a member of
 * another role acts as that one, wherever that one may. Throws load_role_rights.
 */
export async function refuseLoaderRights(
  admin: pg.Client,
  of: { readonly system: string; readonly loader: string },
): Promise<void> {
  const { rows } = await admin.query<{ may: string }>(
    `SELECT 'is a member of ' || g.rolname AS may
       FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = $1
     UNION ALL
     SELECT 'owns the database ' || d.datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE r.rolname = $1
     UNION ALL
     SELECT 'has ' || one.attribute FROM pg_roles r,
            LATERAL (VALUES ('CREATEDB', r.rolcreatedb), ('CREATEROLE', r.rolcreaterole), ('REPLICATION', r.rolreplication),
                            ('BYPASSRLS', r.rolbypassrls)) AS one(attribute, given) WHERE r.rolname = $1 AND one.given
     ORDER BY 1`,
    [of.loader],
  )
  if (rows.length === 0) return
  const seen = rows.map((row) => row.may).join(', ')
  throw new SalvorError('load_role_rights', { role: of.loader, seen, system: of.system })
}
