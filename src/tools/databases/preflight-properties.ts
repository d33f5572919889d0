import pg from 'pg'
import type { DatabaseProperties } from '../../domain/database-properties.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { listPropertyRoles } from '../../domain/property-differences.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'

/** Owner, grantees and those with settings of their own must be there. Throws target_property_role. */
export async function refusePropertyRoles(
  admin: pg.Client,
  { target, wanted }: { readonly target: TargetAddress; readonly wanted: DatabaseProperties },
): Promise<void> {
  const missing = await nameMissingRoles(admin, listPropertyRoles(wanted))
  if (missing !== null) throw new SalvorError('target_property_role', { ...missing, system: target.system })
}

/** Roles that the server does not have, and the SQL that makes them; null where all are there. */
export async function nameMissingRoles(
  admin: pg.Client,
  roles: readonly string[],
): Promise<{ readonly role: string; readonly create: string } | null> {
  const { rows } = await admin.query<{ role: string }>(
    `SELECT role FROM unnest($1::text[]) AS role WHERE role NOT IN (SELECT rolname FROM pg_roles) ORDER BY 1`,
    [roles],
  )
  if (rows.length === 0) return null
  const create = rows.map((row) => `CREATE ROLE ${pg.escapeIdentifier(row.role)};`).join(' ')
  return { role: rows.map((row) => row.role).join(', '), create }
}
