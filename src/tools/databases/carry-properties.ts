import pg from 'pg'
import type { DatabaseProperties } from '../../domain/database-properties.ts'
import type { DatabaseGrant } from './read-properties.ts'
import { writeSetting } from './setting-sql.ts'

const name = pg.escapeIdentifier

/**
 * The statements that give the database called `database` these properties, in order. They run inside the rename
 * transaction, where the database may still have anything (`present`: its grants once it has its new owner, and
 * the roles that have settings in it). Encoding, locale and tablespace were given when it was created.
 */
export function writeCarryStatements(of: {
  readonly database: string
  readonly wanted: DatabaseProperties
  readonly wantedGrants: readonly DatabaseGrant[]
  readonly presentGrantees: readonly (string | null)[]
  readonly presentSettingRoles: readonly string[]
  /** True where the session's role may not alter other roles: it then sets their settings as each of them. */
  readonly asThemselves: boolean
}): string[] {
  const { wanted } = of
  const alterRole = (role: string, words: string): string[] => {
    const statement = `ALTER ROLE ${name(role)} IN DATABASE ${name(of.database)} ${words}`
    // Any role may change its own settings, so membership is enough and CREATEROLE is not needed.
    return of.asThemselves ? [`SET LOCAL ROLE ${name(role)}`, statement, 'RESET ROLE'] : [statement]
  }
  const database = name(of.database)
  return [
    `ALTER DATABASE ${database} OWNER TO ${name(wanted.owner)}`,
    ...of.presentGrantees.map((grantee) => `REVOKE ALL ON DATABASE ${database} FROM ${writeGrantee(grantee)} CASCADE`),
    ...writeGrants(database, wanted.owner, of.wantedGrants),
    `ALTER DATABASE ${database} RESET ALL`,
    ...wanted.settings.map((setting) => `ALTER DATABASE ${database} SET ${writeSetting(setting)}`),
    ...of.presentSettingRoles.flatMap((role) => alterRole(role, 'RESET ALL')),
    ...Object.entries(wanted.roleSettings).flatMap(([role, settings]) =>
      settings.flatMap((setting) => alterRole(role, `SET ${writeSetting(setting)}`)),
    ),
    writeComment(of.database, wanted.comment),
    `ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS true CONNECTION LIMIT ${wanted.connectionLimit} IS_TEMPLATE ${wanted.isTemplate}`,
  ]
}

export function writeComment(database: string, comment: string | null): string {
  return `COMMENT ON DATABASE ${name(database)} IS ${comment === null ? 'NULL' : pg.escapeLiteral(comment)}`
}

/** Grants in an order in which each grantor already may: the owner's first, then those who got a grant option. */
function writeGrants(database: string, owner: string, grants: readonly DatabaseGrant[]): string[] {
  const statements: string[] = []
  const able = new Set<string>()
  let waiting = [...grants]
  while (waiting.length > 0) {
    const ready = waiting.filter((one) => one.grantor === owner || able.has(`${one.privilege} ${one.grantor}`))
    // A grantor without a grant option cannot come out of a catalogue; writing it lets the server say so.
    const now = ready.length === 0 ? waiting : ready
    for (const one of now) {
      const grant = `GRANT ${one.privilege} ON DATABASE ${database} TO ${writeGrantee(one.grantee)}${one.grantable ? ' WITH GRANT OPTION' : ''}`
      statements.push(
        ...(one.grantor === owner ? [grant] : [`SET LOCAL ROLE ${name(one.grantor)}`, grant, 'RESET ROLE']),
      )
      if (one.grantable && one.grantee !== null) able.add(`${one.privilege} ${one.grantee}`)
    }
    waiting = waiting.filter((one) => !now.includes(one))
  }
  return statements
}

function writeGrantee(grantee: string | null): string {
  return grantee === null ? 'PUBLIC' : name(grantee)
}
