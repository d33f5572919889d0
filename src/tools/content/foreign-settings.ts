import type pg from 'pg'
import type { DatabaseProperties } from '../../domain/database-properties.ts'

/** Settings of a database and of roles in it, as `ALTER DATABASE … SET` and `ALTER ROLE … IN DATABASE … SET` keep them. */
export type DatabaseSettings = Pick<DatabaseProperties, 'settings' | 'roleSettings'>

/** Not a setting of a session, but whose it is. */
const whoItIs = new Set(['role', 'session_authorization'])

/**
 * What a session would have if its database had these settings, and has not: by PostgreSQL's own order, in which a
 * role's win over a database's, a role's in a database over both, and what the session asked for over all.
 */
export async function listForeign(client: pg.Client, of: DatabaseSettings): Promise<(readonly [string, string])[]> {
  const { rows } = await client.query<{ role: string; sources: Record<string, string> }>(
    `SELECT session_user::text AS role, (SELECT json_object_agg(lower(name), source) FROM pg_settings) AS sources`,
  )
  const [row] = rows
  const sources = new Map(Object.entries(row?.sources ?? {}))
  const own = new Map(Object.entries(of.roleSettings)).get(row?.role ?? '') ?? []
  const open = (above: readonly string[]) => (setting: string) => {
    const at = setting.indexOf('=')
    const [name, value] = [setting.slice(0, at), setting.slice(at + 1)]
    return above.includes(sources.get(name.toLowerCase()) ?? '') ? [] : [[name, value] as const]
  }
  const asked = ['client', 'override', 'interactive', 'test', 'session']
  const found = [...of.settings.flatMap(open(['user', 'database user', ...asked])), ...own.flatMap(open(asked))]
  return [...new Map(found)].filter(([name]) => !whoItIs.has(name.toLowerCase()))
}

/** Gives a session such settings; one that its role may not set stays as it is. */
export async function applyForeign(client: pg.Client, of: DatabaseSettings): Promise<void> {
  for (const [name, value] of await listForeign(client, of))
    await client.query('SELECT pg_catalog.set_config($1, $2, false)', [name, value]).catch((thrown: unknown) => {
      // Not allowed, not known, or not at this time: then a session of the switched database asks without it too.
      if (!['42501', '42704', '55P02', '22023'].includes((thrown as { code?: string }).code ?? '')) throw thrown
    })
}
