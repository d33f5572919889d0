import pg from 'pg'
import type { ArchiveNeeds } from '../../domain/archive-needs.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { withSession } from '../postgres-session.ts'
import { splitByPower } from './powerful-roles.ts'

type SecuredTable = ArchiveNeeds['rowSecurity'][number]

/**
 * Row security hides rows from whoever is neither exempt nor the table's owner, and where it is forced from the owner
 * too: such a role can neither dump nor count nor compare a table. Throws target_row_security for the first of the
 * roles from whom something is hidden.
 */
export async function refuseHiddenRows(
  admin: pg.Client,
  of: { readonly system: string; readonly roles: readonly string[]; readonly tables: readonly SecuredTable[] },
): Promise<void> {
  if (of.tables.length === 0) return
  for (const role of new Set(of.roles)) {
    const { rows } = await admin.query<{ table: string; owner: string; forced: boolean }>(
      `SELECT one.table, one.owner, one.forced FROM pg_roles r, jsonb_to_recordset($2::jsonb)
                AS one("table" text, owner text, forced boolean)
         LEFT JOIN pg_roles o ON o.rolname = one.owner
        WHERE r.rolname = $1 AND NOT r.rolsuper AND NOT r.rolbypassrls
          AND (one.forced OR o.oid IS NULL OR NOT pg_has_role(r.oid, o.oid, 'USAGE')) ORDER BY 1`,
      [role, JSON.stringify(of.tables)],
    )
    if (rows.length === 0) continue
    const names = [...new Set(rows.map((row) => row.table))]
    const tables = names.slice(0, 5)
    const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
    const grant = await proposeGrant(admin, role, rows)
    throw new SalvorError('target_row_security', { role, tables: tables.join(', ') + more, system: of.system, grant })
  }
}

/** Membership in the owners is less than the right to see everything, where it is enough. */
async function proposeGrant(
  admin: pg.Client,
  role: string,
  hidden: readonly { owner: string; forced: boolean }[],
): Promise<string> {
  const owners = [...new Set(hidden.map((one) => one.owner))]
  const { powerful } = await splitByPower(admin, owners)
  const enough = powerful.length === 0 && !hidden.some((one) => one.forced)
  return enough
    ? `GRANT ${owners.map(pg.escapeIdentifier).join(', ')} TO ${pg.escapeIdentifier(role)};`
    : `ALTER ROLE ${pg.escapeIdentifier(role)} BYPASSRLS;`
}

/** The tables of a database that have row security. */
export async function listSecuredTables(target: TargetAddress, database: string): Promise<SecuredTable[]> {
  const { system, session } = target
  return withSession({ system, session, url: target.adminUrl, database }, async (client) => {
    const { rows } = await client.query<SecuredTable>(
      `SELECT n.nspname || '.' || c.relname AS table, pg_get_userbyid(c.relowner)::text AS owner,
              c.relforcerowsecurity AS forced
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relrowsecurity AND c.relkind IN ('r', 'p') ORDER BY 1`,
    )
    return rows
  })
}
