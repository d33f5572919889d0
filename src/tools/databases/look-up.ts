import type { TargetAddress } from '../../ports/content-tools.ts'
import type { ServerLook } from '../../ports/database-tools.ts'
import { databaseOfUrl } from '../postgres-session.ts'
import { INVALID_LIMIT, withAdmin } from './admin-session.ts'
import { readFreeBytes, readServer } from './identify.ts'

/** The server behind the maintenance connection, and live on it. Throws target_* where nobody answers. */
export function lookUpServer(target: TargetAddress): Promise<ServerLook> {
  const live = databaseOfUrl(target.url, target.system)
  return withAdmin(target, async (admin) => {
    const { systemIdentifier, serverVersion, serverVersionNum, dataDirectory } = await readServer(admin)
    const { rows } = await admin.query<{ name: string; oid: number; accepts: boolean; connectionLimit: number }>(
      `SELECT datname::text AS name, oid::int8::float8 AS oid, datallowconn AS accepts,
              datconnlimit AS "connectionLimit" FROM pg_database`,
    )
    const found = rows.find((row) => row.name === live)
    return {
      systemIdentifier,
      serverVersion,
      serverVersionNum,
      dataDirectoryFreeBytes: await readFreeBytes(target, dataDirectory),
      live:
        found === undefined
          ? null
          : { oid: found.oid, accepts: found.accepts, invalid: found.connectionLimit === INVALID_LIMIT },
      databases: rows.map(({ name, oid }) => ({ name, oid })),
    }
  })
}
