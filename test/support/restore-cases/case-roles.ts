import { randomBytes } from 'node:crypto'
import { adminUrl, withClient } from '../postgres.ts'

/** Any number that nothing else locks in the database `postgres` of the test cluster. */
const ROLES_LOCK = 7_319_002

/** The application's role and its password, as the cases write them. */
const APP = { name: 'app', password: 'app-secret-1' }
/** The role that docs/security.md describes: no superuser. */
export const DBA = { name: 'salvor_case_dba', password: 'dba-secret-1' }

/** Another role with the same rights, for a test that grants it more or takes some away. It drops it again. */
export async function createOwnDba(): Promise<{ readonly name: string; readonly password: string }> {
  await ensureCaseRoles()
  const dba = { name: `case_dba_${randomBytes(3).toString('hex')}`, password: 'dba-secret-2' }
  await withClient(adminUrl(), (client) => client.query(writeDba(dba)))
  return dba
}

function writeDba({ name, password }: { readonly name: string; readonly password: string }): string {
  const roles = 'app, reader, pg_signal_backend, pg_monitor, pg_read_all_data'
  return `CREATE ROLE ${name} LOGIN CREATEDB PASSWORD '${password}' IN ROLE ${roles}`
}

/** Roles and the tablespace that cases name; they belong to the cluster and stay. */
export async function ensureCaseRoles(url = adminUrl()): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [ROLES_LOCK])
    const has = async (name: string) =>
      (await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name])).rowCount === 1
    if (!(await has(APP.name))) await client.query(`CREATE ROLE app LOGIN PASSWORD '${APP.password}'`)
    for (const name of ['reader', 'auditor']) if (!(await has(name))) await client.query(`CREATE ROLE ${name} NOLOGIN`)
    if (!(await has(DBA.name))) await client.query(writeDba(DBA))
    const { rowCount } = await client.query(`SELECT FROM pg_tablespace WHERE spcname = 'fast'`)
    const { rows } = await client.query<{ v: number }>(`SELECT current_setting('server_version_num')::int AS v`)
    if (rowCount === 1 || (rows[0]?.v ?? 0) < 150_000) return
    await client.query('SET allow_in_place_tablespaces = on')
    await client.query(`CREATE TABLESPACE fast LOCATION ''`)
  })
}
