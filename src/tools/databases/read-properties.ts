import type pg from 'pg'
import { type DatabaseProperties, givenAtCreation } from '../../domain/database-properties.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { readProperties } from '../content/read-properties.ts'

/** What belongs to a database beside its content, from the shared catalogues: any connection can see it. */
export async function readDatabaseProperties(
  client: pg.Client,
  system: string,
  database: string,
): Promise<DatabaseProperties> {
  const properties = await readProperties(client, database)
  if (properties === null) throw new SalvorError('target_changed', { system, seen: `there is no database ${database}` })
  return properties
}

/** One privilege on a database, as aclexplode tells it. */
export interface DatabaseGrant {
  /** null is PUBLIC. */
  readonly grantee: string | null
  readonly grantor: string
  readonly privilege: string
  readonly grantable: boolean
}

/** An ACL as single grants; null stands for the built-in default, which is written out. */
export async function explodeAcl(
  client: pg.Client,
  of: Pick<DatabaseProperties, 'acl' | 'owner'>,
): Promise<DatabaseGrant[]> {
  const { rows } = await client.query<DatabaseGrant>(
    `SELECT CASE grantee WHEN 0 THEN NULL ELSE pg_get_userbyid(grantee)::text END AS grantee,
            pg_get_userbyid(grantor)::text AS grantor, privilege_type AS privilege, is_grantable AS grantable
       FROM aclexplode(coalesce($1::text[]::aclitem[], acldefault('d', (SELECT oid FROM pg_roles WHERE rolname = $2))))
      ORDER BY 1 NULLS FIRST, 2, 3`,
    [of.acl, of.owner],
  )
  return rows
}

/** What differs between two databases' properties, in words. */
export async function compareProperties(
  client: pg.Client,
  wanted: DatabaseProperties,
  found: DatabaseProperties,
): Promise<string[]> {
  const grants = async (of: DatabaseProperties) => (await explodeAcl(client, of)).map((one) => JSON.stringify(one))
  const pairs: [string, unknown, unknown][] = [
    ['owner', wanted.owner, found.owner],
    ['privileges', (await grants(wanted)).sort(), (await grants(found)).sort()],
    ['connection limit', wanted.connectionLimit, found.connectionLimit],
    ['comment', wanted.comment, found.comment],
    ['template mark', wanted.isTemplate, found.isTemplate],
    ...givenAtCreation.map((key): [string, unknown, unknown] => [key, wanted[key], found[key]]),
    ['database settings', [...wanted.settings].sort(), [...found.settings].sort()],
    ['role settings', sortSettings(wanted.roleSettings), sortSettings(found.roleSettings)],
  ]
  return pairs.flatMap(([what, one, other]) =>
    JSON.stringify(one) === JSON.stringify(other)
      ? []
      : [`${what}: ${JSON.stringify(one)} was, ${JSON.stringify(other)} is`],
  )
}

function sortSettings(settings: DatabaseProperties['roleSettings']): [string, string[]][] {
  return Object.entries(settings)
    .map(([role, list]): [string, string[]] => [role, [...list].sort()])
    .sort(([one], [other]) => (one < other ? -1 : 1))
}
