import pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import { roleOfUrl } from '../../domain/role-of-url.ts'
import type { DatabaseTools } from '../../ports/database-tools.ts'
import { withAdmin } from './admin-session.ts'

interface Limits {
  readonly superuser: boolean
  readonly ofDatabase: number
  readonly inDatabase: number
  readonly ofRole: number
  readonly byRole: number
  readonly ofServer: number
  readonly onServer: number
}

/**
 * How many more sessions of a role a database lets in, by the narrowest of its limits; none holds for superusers.
 * Throws target_limit, which names that limit, where they are too few.
 */
export const findConnectionRoom: DatabaseTools['findRoom'] = ({ target, database, url, needed }) =>
  withAdmin(target, async (admin) => {
    const role = roleOfUrl(url)
    const limits = await readLimits(admin, database, role)
    if (limits === undefined || limits.superuser) return Number.MAX_SAFE_INTEGER
    const name = pg.escapeIdentifier
    const each = [
      {
        limit: limits.ofDatabase,
        used: limits.inDatabase,
        of: `database ${database}`,
        raise: `ALTER DATABASE ${name(database)} CONNECTION LIMIT`,
      },
      {
        limit: limits.ofRole,
        used: limits.byRole,
        of: `role ${role}`,
        raise: `ALTER ROLE ${name(role)} CONNECTION LIMIT`,
      },
      { limit: limits.ofServer, used: limits.onServer, of: 'server', raise: 'ALTER SYSTEM SET max_connections =' },
    ].filter((one) => one.limit >= 0)
    const [least] = each.sort((one, other) => one.limit - one.used - (other.limit - other.used))
    if (least === undefined) return Number.MAX_SAFE_INTEGER
    const { limit, used, of, raise } = least
    if (limit - used >= needed) return limit - used
    const facts = { of, limit, used, needed, raise: `${raise} ${used + needed}` }
    throw new SalvorError('target_limit', { system: target.system, database, ...facts })
  })

/** The server counts sessions of superusers against its limits too, though it lets them in above these. */
async function readLimits(admin: pg.Client, database: string, role: string): Promise<Limits | undefined> {
  const reserved = `(current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
    - coalesce(current_setting('reserved_connections', true), '0')::int)`
  const { rows } = await admin.query<Limits>(
    `SELECT r.rolsuper AS superuser, d.datconnlimit AS "ofDatabase", r.rolconnlimit AS "ofRole", ${reserved} AS "ofServer",
            count(*) FILTER (WHERE a.datid = d.oid)::int AS "inDatabase",
            count(*) FILTER (WHERE a.usesysid = r.oid)::int AS "byRole", count(a.pid)::int AS "onServer"
       FROM pg_database d CROSS JOIN pg_roles r LEFT JOIN pg_stat_activity a ON a.backend_type = 'client backend'
      WHERE d.datname = $1 AND r.rolname = $2 GROUP BY 1, 2, 3`,
    [database, role],
  )
  return rows[0]
}
