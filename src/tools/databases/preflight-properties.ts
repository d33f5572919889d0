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
  const { rows } = await admin.query<{ role: string }>(
    `SELECT role FROM unnest($1::text[]) AS role WHERE role NOT IN (SELECT rolname FROM pg_roles) ORDER BY 1`,
    [listPropertyRoles(wanted)],
  )
  if (rows.length === 0) return
  const role = rows.map((row) => row.role).join(', ')
  const create = rows.map((row) => `CREATE ROLE ${pg.escapeIdentifier(row.role)};`).join(' ')
  throw new SalvorError('target_property_role', { role, create, system: target.system })
}
