import pg from 'pg'
import type { DatabaseProperties } from '../../domain/database-properties.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { readProperties } from '../content/read-properties.ts'
import { splitByPower } from './powerful-roles.ts'
import { explodeAcl } from './read-properties.ts'
import { nameOfSetting } from './setting-sql.ts'

const name = pg.escapeIdentifier

interface Role {
  readonly name: string
  readonly superuser: boolean
  readonly createdb: boolean
  readonly createrole: boolean
  readonly signals: boolean
}

/**
 * The rights that creating, loading and switching need, as a role that is no superuser can have them, and what
 * such a role could not carry over: found here, never at the switch. Answers what is worth knowing, in words.
 */
export async function refuseMissingRights(
  admin: pg.Client,
  of: { readonly target: TargetAddress; readonly database: string; readonly wanted: DatabaseProperties | null },
): Promise<string[]> {
  const role = await readRole(admin)
  if (role.superuser) return [`${role.name} is a superuser`]
  const { system } = of.target
  const me = name(role.name)
  const refuse = (action: string, grant: string): never => {
    throw new SalvorError('target_rights', { role: role.name, action, system, grant })
  }
  const present = await readProperties(admin, of.database)
  const properties = of.wanted ?? present
  if (properties === null) throw new Error(`no properties are wanted, and there is no ${of.database}`)
  if (!role.createdb) refuse('create and rename databases', `ALTER ROLE ${me} CREATEDB;`)
  const needSuperuser = (objects: string): never => {
    throw new SalvorError('needs_superuser', { role: role.name, key: 'adminUrl', objects, system })
  }
  const mustBe = async (owner: string, why: string) => {
    if ((await listNotMember(admin, [owner])).length === 0) return
    if ((await splitByPower(admin, [owner])).powerful.length > 0) needSuperuser(`${why} the superuser ${owner} owns`)
    refuse(`${why} ${owner} owns`, `GRANT ${name(owner)} TO ${me};`)
  }
  if (present !== null) await mustBe(present.owner, `rename ${of.database}, which`)
  await mustBe(properties.owner, `make a ${of.database} that`)
  if (!role.signals) refuse('end the sessions of others', `GRANT pg_signal_backend TO ${me};`)
  if (!(await mayCreateIn(admin, properties.tablespace)))
    refuse(
      `create databases in tablespace ${properties.tablespace}`,
      `GRANT CREATE ON TABLESPACE ${name(properties.tablespace)} TO ${me};`,
    )
  const others = Object.keys(properties.roleSettings).filter((one) => one !== role.name)
  const superusers = await listSuperusers(admin, others)
  if (superusers.length > 0) needSuperuser(`carry over the settings of the superuser ${superusers.join(', ')}`)
  // Without CREATEROLE a member sets them as each of these roles itself.
  const strangers = role.createrole ? [] : await listNotMember(admin, others)
  if (strangers.length > 0)
    refuse(
      `carry over the settings of ${strangers.join(', ')} in ${of.database}`,
      `GRANT ${strangers.map(name).join(', ')} TO ${me};`,
    )
  for (const [setter, settings] of listSetters(role, properties)) {
    const closed = await listClosedSettings(admin, setter, settings)
    if (closed.length > 0)
      refuse(`set ${closed.join(', ')}`, `GRANT SET ON PARAMETER ${closed.join(', ')} TO ${name(setter)};`)
  }
  const grantors = new Set((await explodeAcl(admin, properties)).map((one) => one.grantor))
  const foreign = await listNotMember(
    admin,
    [...grantors].filter((one) => one !== properties.owner),
  )
  const strong = (await splitByPower(admin, foreign)).powerful
  if (strong.length > 0) needSuperuser(`repeat the grants of ${strong.join(', ')}`)
  if (foreign.length > 0)
    refuse(`repeat the grants of ${foreign.join(', ')}`, `GRANT ${foreign.map(name).join(', ')} TO ${me};`)
  if (properties.isTemplate) return [`${role.name} is no superuser`, `${of.database} is marked as a template`]
  return [`${role.name} is no superuser: sessions of superusers cannot be ended`]
}

async function readRole(admin: pg.Client): Promise<Role> {
  const { rows } = await admin.query<Role>(
    `SELECT r.rolname::text AS name, r.rolsuper AS superuser, r.rolcreatedb AS createdb, r.rolcreaterole AS createrole,
            pg_has_role(r.oid, 'pg_signal_backend', 'USAGE') AS signals
       FROM pg_roles r WHERE r.rolname = current_user`,
  )
  const [role] = rows
  if (role === undefined) throw new Error('no role')
  return role
}

async function mayCreateIn(admin: pg.Client, tablespace: string): Promise<boolean> {
  const { rows } = await admin.query<{ may: boolean }>(
    `SELECT spcname = 'pg_default' OR has_tablespace_privilege(oid, 'CREATE') AS may FROM pg_tablespace WHERE spcname = $1`,
    [tablespace],
  )
  return rows[0]?.may ?? false
}

async function listSuperusers(admin: pg.Client, roles: readonly string[]): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    'SELECT rolname::text AS name FROM pg_roles WHERE rolsuper AND rolname::text = ANY($1)',
    [roles],
  )
  return rows.map((row) => row.name)
}

/** Which role writes which settings at the switch: this one, or without CREATEROLE each role its own. */
function listSetters(role: Role, properties: DatabaseProperties): [string, readonly string[]][] {
  const ofRoles = Object.entries(properties.roleSettings)
  if (!role.createrole) return [[role.name, properties.settings], ...ofRoles]
  return [[role.name, [...properties.settings, ...ofRoles.flatMap(([, settings]) => settings)]]]
}

/**
 * Settings that only a superuser, or from version 15 on a role with SET on them, may give to a database: those of
 * that kind, and those that the server does not know (`app.tenant`), of which it cannot tell the kind.
 */
async function listClosedSettings(admin: pg.Client, setter: string, settings: readonly string[]): Promise<string[]> {
  const names = [...new Set(settings.map(nameOfSetting))]
  const { rows } = await admin.query<{ name: string }>(
    `SELECT wanted.name FROM unnest($1::text[]) AS wanted(name) LEFT JOIN pg_settings s ON lower(s.name) = lower(wanted.name)
      WHERE s.name IS NULL OR s.context IN ('superuser', 'superuser-backend')`,
    [names],
  )
  const closed: string[] = []
  for (const { name } of rows) if (!(await maySet(admin, setter, name))) closed.push(name)
  return closed
}

async function maySet(admin: pg.Client, setter: string, name: string): Promise<boolean> {
  try {
    const { rows } = await admin.query<{ may: boolean }>(`SELECT has_parameter_privilege($1, $2, 'SET') AS may`, [
      setter,
      name,
    ])
    return rows[0]?.may ?? false
  } catch {
    // The function came with 15; before, such settings were a superuser's alone.
    return false
  }
}

async function listNotMember(admin: pg.Client, roles: readonly string[]): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT rolname::text AS name FROM pg_roles WHERE rolname::text = ANY($1) AND NOT pg_has_role(oid, 'MEMBER')`,
    [roles],
  )
  return rows.map((row) => row.name)
}
