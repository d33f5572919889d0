import pg from 'pg'
import type { LoadDoubt } from '../../domain/content.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { writeName } from '../../domain/object-name.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { isBroken } from '../postgres-errors.ts'
import { withTargetSession } from '../postgres-session.ts'
import { type Asked, listAsked, listColumns, listRefreshed } from './list-expressions.ts'
import { listTablesRead } from './tables-read.ts'

/** Most time that one expression or view may take; what is slower is not judged. */
const TIMEOUT_MS = 5_000

/** A name that is not found, which no value changes: table, function, operator, type, schema. */
const unfound = new Set(['42P01', '42883', '42704', '3F000'])

/**
 * Asks, in a scratch database that holds an archive's schema and no rows, what rows will go through when they are
 * loaded: checks, generated columns, indexes and materialized views that call functions of the database's own. They
 * run as in a load, by the same role and with an empty search path, over a row that was made up, and are rolled back.
 * Throws archive_unloadable where one asks for something by a name that is not found. `filled`: tables that have rows.
 */
export async function probeExpressions(of: {
  readonly target: TargetAddress
  readonly database: string
  readonly backup: string
  readonly filled: (table: string) => boolean
  readonly signal: AbortSignal
}): Promise<LoadDoubt[]> {
  const { target, database, signal } = of
  return withTargetSession(target, { database, signal }, async (client) => {
    // As pg_restore does: what a function finds only by a search path it will not find.
    await client.query(`SELECT set_config('search_path', '', false)`)
    const doubts: LoadDoubt[] = []
    for (const asked of await listAsked(client)) {
      const table = writeName([asked.schema, asked.relation])
      if (!of.filled(table)) continue
      const seen = await probe(client, asked)
      const object = `${asked.kind} ${asked.name} of ${table}`
      if (seen !== null) throw refuse(of, object, asked.expression, seen)
      if (asked.kind !== 'check') continue
      const reads = (await listTablesRead(client, asked.functions)).filter((one) => one !== table)
      if (reads.length > 0) doubts.push({ object, reads })
    }
    for (const { schema, name } of await listRefreshed(client)) {
      const view = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
      const statement = `REFRESH MATERIALIZED VIEW ${view}`
      const seen = await tryOut(client, statement)
      if (seen !== null) throw refuse(of, `materialized view ${writeName([schema, name])}`, statement, seen)
    }
    return doubts
  })
}

function refuse(
  of: { readonly target: TargetAddress; readonly backup: string },
  object: string,
  statement: string,
  seen: string,
): SalvorError {
  const facts = { backup: of.backup, object, statement: statement.slice(0, 200), seen, system: of.target.system }
  return new SalvorError('archive_unloadable', facts)
}

/** First over values that most functions take, then over none: a strict function is not called with NULL. */
async function probe(client: pg.Client, { oid, relation, expression }: Asked): Promise<string | null> {
  const columns = await listColumns(client, oid)
  for (const sample of ['sample', 'blank'] as const) {
    const row = columns.map((one) => `${one[sample]} AS ${pg.escapeIdentifier(one.name)}`).join(', ')
    const seen = await tryOut(client, `SELECT ${expression} FROM (SELECT ${row}) AS ${pg.escapeIdentifier(relation)}`)
    if (seen !== null) return seen
  }
  return null
}

/** What could not be found; null for any other end, which says nothing about real rows. */
async function tryOut(client: pg.Client, sql: string): Promise<string | null> {
  await client.query(`BEGIN; SET LOCAL statement_timeout = ${TIMEOUT_MS}`)
  try {
    await client.query({ text: sql, queryMode: 'extended' } as pg.QueryConfig)
    return null
  } catch (thrown) {
    if (isBroken(thrown) || !(thrown instanceof Error)) throw thrown
    return unfound.has((thrown as Error & { code?: string }).code ?? '') ? thrown.message : null
  } finally {
    await client.query('ROLLBACK')
  }
}
