import pg from 'pg'
import { digestOf } from '../../domain/digest.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { SideProof } from '../../ports/database-tools.ts'
import { readWriteMark } from '../content/write-mark.ts'
import { type DatabasePlace, findPlaces, withAdmin } from './admin-session.ts'
import { countLiveOn } from './count-live.ts'
import { endSessionsIn } from './end-sessions.ts'
import { END_TIMEOUT_MS, refuseRemaining } from './hold-off.ts'
import { openLiveSession } from './live-session.ts'
import { explodeAcl, readDatabaseProperties } from './read-properties.ts'

const name = pg.escapeIdentifier

/**
 * Takes a loaded side database out of everybody's hands but Salvor's: it belongs to the maintenance role until the
 * switch gives it its owner back, every grant on it is gone but `mayConnect`'s, and every session in it is ended.
 * Objects inside keep their owners, who cannot get at them. Safe to repeat.
 */
export function closeSideDatabase(of: {
  readonly target: TargetAddress
  readonly name: string
  readonly oid: number
  readonly mayConnect: readonly string[]
}): Promise<void> {
  const { target } = of
  return withAdmin(target, async (admin) => {
    const [place] = await findPlaces(admin, { names: [of.name] })
    mustBeSide(target, of, place)
    const database = name(of.name)
    await admin.query('BEGIN')
    await admin.query(`ALTER DATABASE ${database} OWNER TO CURRENT_USER`)
    // Read after the change of owner, which moves the former owner's own grants to the new one.
    const properties = await readDatabaseProperties(admin, target.system, of.name)
    const grantees = new Set((await explodeAcl(admin, properties)).map((one) => one.grantee))
    for (const grantee of grantees)
      await admin.query(
        `REVOKE ALL ON DATABASE ${database} FROM ${grantee === null ? 'PUBLIC' : name(grantee)} CASCADE`,
      )
    await admin.query(`GRANT ALL ON DATABASE ${database} TO CURRENT_USER`)
    for (const role of of.mayConnect) await admin.query(`GRANT CONNECT ON DATABASE ${database} TO ${name(role)}`)
    await admin.query('COMMIT')
    const { remaining } = await endSessionsIn(admin, { oids: [of.oid], spare: [], timeoutMs: END_TIMEOUT_MS })
    if (remaining.length > 0) throw refuseRemaining(target, remaining)
  })
}

/**
 * What the side database is at this moment, so that any later write to it can be seen: its catalogue, its sequences,
 * and the cluster's transactions from which on rows count as written.
 */
export function readSideProof(target: TargetAddress, side: { name: string; oid: number }): Promise<SideProof> {
  return withAdmin(target, async (admin) => {
    const [place] = await findPlaces(admin, { names: [side.name] })
    mustBeSide(target, side, place)
    const session = await openLiveSession(admin, target, side.name)
    try {
      return { mark: await readWriteMark(session), catalogue: await readCatalogue(session) }
    } finally {
      await session.end().catch(() => {})
    }
  })
}

/** Names what is not as it was proven, in words; nothing if all is. For a session in a database that nobody can enter. */
export async function findSideChanges(
  session: pg.Client,
  proof: SideProof,
  rows: { readonly [table: string]: number },
): Promise<string[]> {
  const now = await countLiveOn(session, proof.mark)
  const tables = [...new Set([...Object.keys(rows), ...Object.keys(now.rows)])].sort()
  const counts = tables.flatMap((table) => {
    const [was, is] = [rows[table] ?? 0, now.rows[table] ?? 0]
    return was === is ? [] : [`${table} holds ${is} rows, ${was} were proven`]
  })
  const written = Object.entries(now.written).map(([table, count]) => `${count} rows of ${table} were written since`)
  const catalogue = (await readCatalogue(session)) === proof.catalogue ? [] : ['definitions or sequences changed']
  return [...counts, ...written, ...catalogue]
}

/**
 * One text that differs after any change of a definition: of each catalogue of this database the number of its rows
 * and a sum over place and transaction of each. Left out is what the server keeps by itself (statistics of the
 * planner). Sequences do not follow transactions, so their states are in it.
 */
async function readCatalogue(session: pg.Client): Promise<string> {
  // What an owner's functions do while they are planned or asked, they do without a right to write.
  await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    return await readCatalogueNow(session)
  } finally {
    await session.query('ROLLBACK').catch(() => {})
  }
}

async function readCatalogueNow(session: pg.Client): Promise<string> {
  const { rows: catalogues } = await session.query<{ name: string }>(
    `SELECT c.relname::text AS name FROM pg_class c
      WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND NOT c.relisshared
        AND c.relname NOT IN ('pg_statistic', 'pg_statistic_ext_data') AND has_table_privilege(c.oid, 'SELECT')
      ORDER BY 1`,
  )
  const { rows: sequences } = await session.query<{ schema: string; name: string }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND c.relpersistence <> 't' ORDER BY 1, 2`,
  )
  const ofCatalogues = catalogues.map(
    (one) =>
      `SELECT ${pg.escapeLiteral(one.name)} AS name, count(*) || ':' ||
         coalesce(sum(hashtextextended(ctid::text || ' ' || xmin::text, 0)), 0) AS state FROM pg_catalog.${name(one.name)}`,
  )
  const ofSequences = sequences.map(
    (one) =>
      `SELECT ${pg.escapeLiteral(`${one.schema}.${one.name}`)}, last_value || ':' || is_called
         FROM ${name(one.schema)}.${name(one.name)}`,
  )
  const states: State[] = []
  const selects = [...ofCatalogues, ...ofSequences]
  // All in one statement would be deeper than the server's stack where there are thousands of sequences.
  for (let from = 0; from < selects.length; from += TOGETHER) {
    const some = selects.slice(from, from + TOGETHER).join(' UNION ALL ')
    states.push(...(await session.query<State>(`SELECT name, state FROM (${some}) AS each(name, state)`)).rows)
  }
  return digestOf(states.toSorted((one, two) => (one.name < two.name ? -1 : 1)))
}

type State = { readonly name: string; readonly state: string }

/** Catalogues or sequences asked in one statement. */
const TOGETHER = 200

function mustBeSide(
  target: TargetAddress,
  wanted: { readonly name: string; readonly oid: number },
  place: DatabasePlace | undefined,
): void {
  if (place?.oid === wanted.oid) return
  throw new SalvorError('target_changed', {
    system: target.system,
    seen: `the side database ${wanted.name} is gone or another one`,
  })
}
