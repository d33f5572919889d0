import type pg from 'pg'

/**
 * Eight hexadecimal digits for this Salvor: of the server that holds its store and of the store's OID there. Two
 * installations whose targets share a server, or whose wakeups share a Redis, stay out of each other's way by it.
 * It survives a failover of the store, not a move by dump and restore, for which every job should rest anyway.
 */
export async function readInstallation(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT left(md5(c.system_identifier || ':' || d.oid), 8) AS id
       FROM pg_control_system() c, pg_database d WHERE d.datname = current_database()`,
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the store does not say which database it is')
  return id
}
