import pg from 'pg'
import type { ArchiveNeeds } from '../../domain/archive-needs.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { nameLoader } from '../loader.ts'
import { splitByPower } from './powerful-roles.ts'
import { refuseLoaderRights } from './preflight-loader.ts'
import { nameMissingRoles } from './preflight-properties.ts'

interface LoadOrder {
  readonly target: TargetAddress
  readonly needs: ArchiveNeeds
}

/**
 * What the server must have, and the role that loads must be allowed, before the first statement of an archive runs
 * there. Throws target_role_missing, target_tablespace_missing, target_extension_missing, needs_superuser,
 * load_membership and target_rights. A superuser's role is never proposed as a grant: that would make one of whoever
 * loads. Where a role of its own loads, the maintenance role gives what was loaded away, and must be let.
 */
export async function refuseUnloadable(admin: pg.Client, order: LoadOrder): Promise<void> {
  await refuseMissingRoles(admin, order)
  const loader = await readLoader(admin, order.target)
  await refuseTablespaces(admin, order, loader)
  const untrusted = await refuseExtensions(admin, order)
  if (loader === null || loader.superuser) return
  const { system } = order.target
  const owners = [...order.needs.owners, ...(await givePublic(admin, order.needs))]
  const isApart = order.target.loadUrl !== undefined
  if (isApart) await refuseLoaderRights(admin, { system, loader: loader.name })
  const giver = isApart ? await readCurrentRole(admin) : loader.name
  const roles = [...owners.map((one) => one.role), ...(isApart ? [loader.name] : [])]
  const { powerful, plain } = await splitByPower(admin, await listNotMember(admin, giver, roles))
  const exampleOf = (role: string) => owners.find((one) => one.role === role)?.example ?? role
  const objects = [
    ...order.needs.superuser,
    ...untrusted.map((one) => `extension ${one}`),
    ...(await listUntrusted(admin, order.needs)),
    ...powerful.map((role) => `${exampleOf(role)} of ${role}`),
  ]
  if (objects.length > 0)
    throw new SalvorError('needs_superuser', {
      role: loader.name,
      key: isApart ? 'loadUrl' : 'url',
      objects: listSome(objects),
      system,
    })
  if (plain.length === 0) return
  throw new SalvorError('load_membership', {
    ...{ role: giver, owners: plain.join(', '), example: exampleOf(plain[0] ?? ''), system },
    grant: `GRANT ${plain.map(pg.escapeIdentifier).join(', ')} TO ${pg.escapeIdentifier(giver)};`,
  })
}

/**
 * As whom one must act to give away the schema `public` and what may be done in it. Giving it to the one whom a fresh
 * database gives it to does nothing and needs no right. Since version 15 it belongs to the owner of its database; before,
 * to the server's first superuser, and who is none is told of a grant that was lost by a mere warning.
 */
async function givePublic(admin: pg.Client, needs: ArchiveNeeds): Promise<ArchiveNeeds['owners']> {
  const { publicOwner, publicGrants } = needs
  if (publicOwner === null && publicGrants.length === 0) return []
  const { rows } = await admin.query<{ usual: string; fixed: boolean }>(
    `SELECT CASE WHEN number >= 150000 THEN 'pg_database_owner' ELSE pg_get_userbyid(10)::text END AS usual,
            number < 150000 AS fixed
       FROM current_setting('server_version_num') AS setting, CAST(setting AS int) AS number`,
  )
  const { usual = '', fixed = false } = rows[0] ?? {}
  const moves = publicOwner !== null && publicOwner !== usual
  // A fresh database gives all to its owner and to everybody: newer client programs write that out.
  const changes = publicGrants.some(({ role, given }) => given !== (role === null || role === usual))
  return [
    ...(moves ? [{ role: publicOwner, example: 'schema public' }] : []),
    ...(fixed && moves ? [{ role: usual, example: 'schema public' }] : []),
    ...(fixed && !moves && changes ? [{ role: usual, example: 'privileges on schema public' }] : []),
  ]
}

interface Loader {
  readonly name: string
  readonly superuser: boolean
}

/** The role that loads; null where this server knows it under another name than the address says. */
async function readLoader(admin: pg.Client, target: TargetAddress): Promise<Loader | null> {
  const { rows } = await admin.query<Loader>(
    'SELECT rolname::text AS name, rolsuper AS superuser FROM pg_roles WHERE rolname = $1',
    [nameLoader(target)],
  )
  return rows[0] ?? null
}

async function readCurrentRole(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query<{ name: string }>('SELECT current_user::text AS name')
  return rows[0]?.name ?? ''
}

async function refuseMissingRoles(admin: pg.Client, { target, needs }: LoadOrder): Promise<void> {
  const missing = await nameMissingRoles(
    admin,
    needs.roles.filter((role) => role.toLowerCase() !== 'public'),
  )
  if (missing !== null) throw new SalvorError('target_role_missing', { ...missing, system: target.system })
}

/** Missing ones, and such in which the role that loads may create nothing. */
async function refuseTablespaces(admin: pg.Client, { target, needs }: LoadOrder, loader: Loader | null): Promise<void> {
  const { system } = target
  const { rows } = await admin.query<{ name: string; there: boolean; may: boolean | null }>(
    `SELECT wanted.name, t.oid IS NOT NULL AS there,
            (SELECT has_tablespace_privilege(r.oid, t.oid, 'CREATE') FROM pg_roles r WHERE r.rolname = $2) AS may
       FROM unnest($1::text[]) AS wanted(name) LEFT JOIN pg_tablespace t ON t.spcname = wanted.name ORDER BY 1`,
    [needs.tablespaces, loader?.name],
  )
  const missing = rows.filter((row) => !row.there).map((row) => row.name)
  if (missing.length > 0) {
    const create = missing.map((name) => `CREATE TABLESPACE ${pg.escapeIdentifier(name)} LOCATION '…';`).join(' ')
    throw new SalvorError('target_tablespace_missing', { tablespace: missing.join(', '), create, system })
  }
  const closed = rows.filter((row) => row.may === false).map((row) => pg.escapeIdentifier(row.name))
  if (closed.length === 0 || loader === null) return
  const grant = `GRANT CREATE ON TABLESPACE ${closed.join(', ')} TO ${pg.escapeIdentifier(loader.name)};`
  throw new SalvorError('target_rights', { role: loader.name, action: `create in ${closed.join(', ')}`, system, grant })
}

/** Refuses what the server's machine lacks; answers those that only a superuser may create. */
async function refuseExtensions(admin: pg.Client, { target, needs }: LoadOrder): Promise<string[]> {
  const { rows } = await admin.query<{ name: string; there: boolean; open: boolean | null }>(
    `SELECT wanted.name, e.name IS NOT NULL AS there, NOT v.superuser OR v.trusted AS open
       FROM unnest($1::text[]) AS wanted(name)
       LEFT JOIN pg_available_extensions e ON e.name::text = wanted.name
       LEFT JOIN pg_available_extension_versions v ON v.name = e.name AND v.version = e.default_version ORDER BY 1`,
    [needs.extensions],
  )
  const missing = rows.filter((row) => !row.there).map((row) => row.name)
  if (missing.length > 0)
    throw new SalvorError('target_extension_missing', { extensions: missing.join(', '), system: target.system })
  return rows.filter((row) => row.open !== true).map((row) => row.name)
}

/** Functions in languages that this server knows and does not trust. Those that it does not know come with an extension. */
async function listUntrusted(admin: pg.Client, needs: ArchiveNeeds): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    'SELECT lanname::text AS name FROM pg_language WHERE NOT lanpltrusted AND lanname::text = ANY($1)',
    [needs.languages.map((one) => one.language)],
  )
  const untrusted = new Set([...rows.map((row) => row.name), 'c', 'internal'])
  return needs.languages.filter((one) => untrusted.has(one.language)).map((one) => `${one.example} (${one.language})`)
}

/** Giving an object away asks for the right to become its owner, which has an option of its own since version 16. */
async function listNotMember(admin: pg.Client, loader: string, roles: readonly string[]): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT r.rolname::text AS name FROM pg_roles r
      WHERE r.rolname::text = ANY($1)
        AND NOT pg_has_role($2::name, r.oid,
          CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) ORDER BY 1`,
    [roles, loader],
  )
  return rows.map((row) => row.name)
}

const MOST = 5

function listSome(names: readonly string[]): string {
  const rest = names.length - MOST
  return names.slice(0, MOST).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
