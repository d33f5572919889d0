import type { TargetAddress } from '../../ports/content-tools.ts'
import type { ServerLook } from '../../ports/database-tools.ts'
import { databaseOfUrl } from '../postgres-session.ts'
import { readSystemIdentifier, withAdmin } from './admin-session.ts'

/** What an interrupted DROP DATABASE leaves in pg_database: nobody can connect, it can only be dropped. */
const INVALID_LIMIT = -2

/** The server behind the maintenance connection, and live on it. Throws target_* where nobody answers. */
export function lookUpServer(target: TargetAddress): Promise<ServerLook> {
  const live = databaseOfUrl(target.url, target.system)
  return withAdmin(target, async (admin) => {
    const systemIdentifier = await readSystemIdentifier(admin)
    const { rows } = await admin.query<{ name: string; oid: number; accepts: boolean; connectionLimit: number }>(
      `SELECT datname::text AS name, oid::int8::float8 AS oid, datallowconn AS accepts,
              datconnlimit AS "connectionLimit" FROM pg_database`,
    )
    const found = rows.find((row) => row.name === live)
    return {
      systemIdentifier,
      live:
        found === undefined
          ? null
          : { oid: found.oid, accepts: found.accepts, invalid: found.connectionLimit === INVALID_LIMIT },
      databases: rows.map(({ name, oid }) => ({ name, oid })),
    }
  })
}
