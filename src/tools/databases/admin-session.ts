import type pg from 'pg'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { withSession } from '../postgres-session.ts'

/** How long an ALTER DATABASE may wait for another one's lock before it gives up, in milliseconds. */
const LOCK_TIMEOUT_MS = 10_000

/** `datconnlimit` that an interrupted DROP DATABASE leaves: nobody can connect, it can only be renamed or dropped. */
export const INVALID_LIMIT = -2

/** Runs `work` on the maintenance connection, where databases are created, renamed and dropped. */
export function withAdmin<T>(
  target: TargetAddress,
  work: (client: pg.Client) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return withSession(
    {
      system: target.system,
      url: target.adminUrl,
      session: target.session,
      lockTimeoutMs: LOCK_TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    },
    work,
  )
}

/** One place in pg_database. Names move, OIDs do not: every destructive step asks for both. */
export interface DatabasePlace {
  readonly oid: number
  readonly name: string
  readonly accepts: boolean
  readonly comment: string | null
}

/** The databases that have one of these OIDs or one of these names now. */
export async function findPlaces(
  client: pg.Client,
  of: { readonly oids?: readonly number[]; readonly names?: readonly string[] },
): Promise<DatabasePlace[]> {
  const { rows } = await client.query<DatabasePlace>(
    `SELECT oid::int8::float8 AS oid, datname AS name, datallowconn AS accepts,
            shobj_description(oid, 'pg_database') AS comment
       FROM pg_database WHERE oid::int8 = ANY($1::int8[]) OR datname::text = ANY($2::text[])`,
    [of.oids ?? [], of.names ?? []],
  )
  return rows
}

/** The cluster's identity: differs on every initdb, is equal on its physical copies. */
export async function readSystemIdentifier(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>('SELECT system_identifier::text AS id FROM pg_control_system()')
  return rows[0]?.id ?? ''
}
