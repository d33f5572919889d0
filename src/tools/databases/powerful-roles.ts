import type pg from 'pg'

/**
 * Roles that are, or can become, a superuser, or reach the server's files and programs, apart from the others:
 * membership in one of them is never proposed.
 */
export async function splitByPower(
  admin: pg.Client,
  roles: readonly string[],
): Promise<{ readonly powerful: string[]; readonly plain: string[] }> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT DISTINCT one.rolname::text AS name FROM pg_roles one, pg_roles power
      WHERE one.rolname::text = ANY($1) AND pg_has_role(one.oid, power.oid, 'MEMBER')
        AND (power.rolsuper OR power.rolname IN
          ('pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files'))`,
    [roles],
  )
  const powerful = new Set(rows.map((row) => row.name))
  return {
    powerful: roles.filter((role) => powerful.has(role)),
    plain: roles.filter((role) => !powerful.has(role)),
  }
}
