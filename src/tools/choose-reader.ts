import type { TargetAddress } from '../ports/content-tools.ts'
import { withTargetSession } from './postgres-session.ts'

interface Place {
  readonly target: TargetAddress
  readonly database?: string | undefined
  readonly signal?: AbortSignal
}

/**
 * The role of fewest rights that can read all of a database: url's, with which code of its owners wins nothing, and only
 * where that role cannot read everything adminUrl's, which reads what all owners have, and may end sessions of others
 * besides. A url that leads to another server than adminUrl is read by itself alone.
 */
export async function chooseReader({ target, database, signal }: Place): Promise<TargetAddress> {
  const url = new URL(target.url)
  const admin = new URL(target.adminUrl)
  if (url.host !== admin.host || url.username === admin.username) return target
  const name = database === undefined ? url.pathname : `/${encodeURIComponent(database)}`
  if (await readsEverything({ target, database, ...(signal === undefined ? {} : { signal }) })) return target
  admin.pathname = name
  return { ...target, url: admin.href }
}

/** Tables and sequences in schemas of people, and no row of them hidden. Who is not let in reads nothing. */
async function readsEverything({ target, database, signal }: Place): Promise<boolean> {
  const options = { ...(database === undefined ? {} : { database }), ...(signal === undefined ? {} : { signal }) }
  try {
    return await withTargetSession(target, options, async (client) => {
      const { rows } = await client.query<{ closed: boolean }>(
        `SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relkind IN ('r', 'p', 'm', 'S') AND c.relpersistence <> 't'
             AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
             AND (NOT has_schema_privilege(n.oid, 'USAGE') OR NOT has_table_privilege(c.oid, 'SELECT')
               OR row_security_active(c.oid))) AS closed`,
      )
      return rows[0]?.closed === false
    })
  } catch (thrown) {
    signal?.throwIfAborted()
    if ((thrown as { readonly code?: string }).code === 'target_refused') return false
    throw thrown
  }
}
