import type { Discovery } from '../../domain/discovery.ts'
import { withSession } from '../postgres-session.ts'

const TIMEOUT_MS = 10_000

/** Databases of a server by size, and what the role that asks may do. Throws what the server says. */
export async function findDatabases(url: string): Promise<Pick<Discovery, 'role' | 'serverVersion' | 'databases'>> {
  const session = { step: 'init', fence: 0 }
  return withSession({ system: 'the server', url, session, statementTimeoutMs: TIMEOUT_MS }, async (client) => {
    const { rows: databases } = await client.query<{ name: string; sizeBytes: number; owner: string }>(
      // A database that the role may not connect to has no size for it.
      `SELECT datname::text AS name, pg_get_userbyid(datdba)::text AS owner,
              (CASE WHEN has_database_privilege(oid, 'CONNECT') THEN pg_database_size(oid) ELSE 0 END)::float8 AS "sizeBytes"
         FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 3 DESC, 1`,
    )
    const { rows } = await client.query<{ name: string; superuser: boolean; version: string }>(
      `SELECT rolname::text AS name, rolsuper AS superuser, current_setting('server_version') AS version
         FROM pg_roles WHERE rolname = current_user`,
    )
    const [role] = rows
    return {
      databases,
      role: role === undefined ? null : { name: role.name, superuser: role.superuser },
      serverVersion: role?.version ?? null,
    }
  })
}
