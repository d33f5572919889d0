import pg from 'pg'
import type { DatabaseProperties } from '../../domain/database-properties.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { nameLoader } from '../loader.ts'
import { withSession } from '../postgres-session.ts'
import { type DatabasePlace, findPlaces, withAdmin } from './admin-session.ts'
import { writeComment } from './carry-properties.ts'
import { writeDoor } from './hold-off.ts'

const name = pg.escapeIdentifier
const text = pg.escapeLiteral
const MARK = 'salvor:side:'

/**
 * Creates a side database. It is born closed: until the mark is committed nobody can have put anything into it,
 * so one that a crash left unmarked can be known as empty. The name must have been recorded before. It belongs to
 * live's owner from the start: its schema public must let that role own what is loaded. Where a role of its own loads,
 * it belongs to the maintenance role until what was loaded is handed over, and that role may create in it.
 */
export function createSideDatabase(of: {
  readonly target: TargetAddress
  readonly name: string
  readonly like: DatabaseProperties
  readonly job: string
}): Promise<{ oid: number }> {
  return withAdmin(of.target, async (admin) => {
    const [taken] = await findPlaces(admin, { names: [of.name] })
    if (taken !== undefined) throw new SalvorError('target_name_taken', { name: of.name, system: of.target.system })
    const isApart = of.target.loadUrl !== undefined
    await admin.query(
      `CREATE DATABASE ${name(of.name)} OWNER ${isApart ? 'DEFAULT' : name(of.like.owner)} TEMPLATE template0 ENCODING ${text(of.like.encoding)}
         ${await writeLocale(admin, of.like)}
         ${writeTablespace(of.like.tablespace)} ALLOW_CONNECTIONS false`,
    )
    await admin.query('BEGIN')
    await admin.query(writeComment(of.name, writeMark(of.target, of.job)))
    // The owner is often the application's own role, which has no business in here either.
    await admin.query(`REVOKE CONNECT ON DATABASE ${name(of.name)} FROM PUBLIC, ${name(of.like.owner)}`)
    await admin.query(`GRANT CONNECT ON DATABASE ${name(of.name)} TO CURRENT_USER`)
    // Code of a backup runs as whoever loads it: the role of few rights.
    const loader = nameLoader(of.target)
    await admin.query(`GRANT CONNECT${isApart ? ', CREATE' : ''} ON DATABASE ${name(of.name)} TO ${name(loader)}`)
    await admin.query(writeDoor(of.name, true))
    await admin.query('COMMIT')
    if (isApart) await givePublic(of.target, { database: of.name, loader })
    const [place] = await findPlaces(admin, { names: [of.name] })
    if (place === undefined)
      throw new SalvorError('target_changed', { system: of.target.system, seen: `${of.name} is gone` })
    return { oid: place.oid }
  })
}

/** Only a schema's owner may comment on it, or give it away. Before version 15 it is a superuser's, and open to all. */
function givePublic(target: TargetAddress, of: { readonly database: string; readonly loader: string }): Promise<void> {
  const { system, adminUrl: url, session } = target
  return withSession({ system, url, session, database: of.database }, async (client) => {
    const { rows } = await client.query<{ number: number }>(
      `SELECT current_setting('server_version_num')::int AS number`,
    )
    if ((rows[0]?.number ?? 0) >= 150_000) await client.query(`ALTER SCHEMA public OWNER TO ${name(of.loader)}`)
  })
}

/** Drops a side database: only with the expected OID, and only if it is marked or was never opened. */
export function dropSideDatabase(of: {
  readonly target: TargetAddress
  readonly name: string
  readonly oid: number
}): Promise<'dropped' | 'absent'> {
  return withAdmin(of.target, async (admin) => {
    const [place] = await findPlaces(admin, { names: [of.name] })
    if (place === undefined) return 'absent'
    if (place.oid !== of.oid || !isSide(place)) {
      const seen = `${of.name} is not the side database that Salvor made (OID ${place.oid}, not ${of.oid}, or no mark)`
      throw new SalvorError('target_changed', { system: of.target.system, seen })
    }
    // Right before the drop: a statement carries a name, and only the mark and the OID say whose it is.
    await admin.query(`DROP DATABASE ${name(of.name)} WITH (FORCE)`)
    return 'dropped'
  })
}

export function listSideDatabases(
  target: TargetAddress,
  job: string,
  named: readonly string[] = [],
): Promise<{ name: string; oid: number }[]> {
  return withAdmin(target, async (admin) => {
    const { rows } = await admin.query<{ name: string }>('SELECT datname::text AS name FROM pg_database')
    const places = await findPlaces(admin, { names: rows.map((row) => row.name) })
    return places
      .filter(
        (one) =>
          (hasSideName(one) && one.comment === writeMark(target, job)) || (named.includes(one.name) && isUnborn(one)),
      )
      .map((one) => ({ name: one.name, oid: one.oid }))
      .sort((one, other) => one.oid - other.oid)
  })
}

/** Two Salvors may share a server, and their jobs have the same numbers: neither may take the other's for its own. */
function writeMark({ session }: TargetAddress, job: string): string {
  return `${MARK}${job}${session.installation === undefined ? '' : `:${session.installation}`}`
}

/** template0's own one needs no right to create in it, unless it is named. */
function writeTablespace(tablespace: string): string {
  return tablespace === 'pg_default' ? '' : `TABLESPACE ${name(tablespace)}`
}

/**
 * By mark and name: the owner of any database may write what comment they like, and a backup brings one along, but
 * nobody can give live the name of a side copy without the right to create databases.
 */
function isSide(place: DatabasePlace): boolean {
  return (hasSideName(place) && place.comment?.startsWith(MARK) === true) || isUnborn(place)
}

function hasSideName({ name: of }: DatabasePlace): boolean {
  return /_side_\d+$/.test(of)
}

/** Created, but its maker died before it could mark and open it: nobody was ever in there. */
function isUnborn(place: DatabasePlace): boolean {
  return place.comment === null && !place.accepts && hasSideName(place)
}

/**
 * Written out even where it is libc: the server would else take the provider of template0, which initdb chose. The
 * collation version is not given: what is loaded is put in order by the library that is there now.
 */
async function writeLocale(admin: pg.Client, like: DatabaseProperties): Promise<string> {
  const { provider, locale, icuRules, collate, ctype } = like
  const classic = `LC_COLLATE ${text(collate)} LC_CTYPE ${text(ctype)}`
  const { rows } = await admin.query<{ number: number }>(`SELECT current_setting('server_version_num')::int AS number`)
  // Version 14 knows no other.
  if ((rows[0]?.number ?? 0) < 150_000) return classic
  if (provider === 'libc' || locale === null) return `${classic} LOCALE_PROVIDER libc`
  if (provider === 'builtin') return `${classic} LOCALE_PROVIDER builtin BUILTIN_LOCALE ${text(locale)}`
  const rules = icuRules === null ? '' : ` ICU_RULES ${text(icuRules)}`
  return `${classic} LOCALE_PROVIDER icu ICU_LOCALE ${text(locale)}${rules}`
}
