import type pg from 'pg'

/** May this process' role say anything, or only read? */
export async function mayWrite(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ may: boolean }>(`SELECT has_table_privilege('salvor.requests', 'INSERT') AS may`)
  return rows[0]?.may === true
}
