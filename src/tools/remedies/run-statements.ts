import type pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import { codeOf, isBroken } from '../postgres-errors.ts'

/**
 * Begins the transaction in which a remedy runs and answers its 64-bit number. What the splitting of statements and
 * the counting of rows rely on is set here, whatever role or database say otherwise.
 */
export async function beginRemedy(client: pg.Client, system: string): Promise<string> {
  await client.query('SET standard_conforming_strings = on')
  await client.query('BEGIN')
  const { rows } = await client.query<{ xid: string; counts: string; wal: string }>(
    `SELECT pg_current_xact_id()::text AS xid, current_setting('track_counts') AS counts,
            CASE WHEN current_setting('synchronous_commit') = 'off'
              THEN set_config('synchronous_commit', 'on', true) END AS wal`,
  )
  const [row] = rows
  // Without them no row would be counted, and everything would look harmless.
  if (row?.counts !== 'on')
    throw new SalvorError('remedy_given_up', {
      system,
      seen: 'track_counts is off on this server, so that nothing it does could be counted',
    })
  return row.xid
}

/**
 * The search_path that a remedy's own SQL runs under. It begins as the database's, which the remedy counts on; a
 * statement may change it for those that follow. Everything of ours runs under PostgreSQL's own names.
 */
export interface RemedyPath {
  current: string
}

/**
 * Runs SQL that is not ours, and what it sets off (triggers, checks), under the remedy's path, which is put away again
 * by statements that look up no name. After an error the path is the transaction's business: it goes back with it.
 */
export async function underPath<T>(client: pg.Client, path: RemedyPath, work: () => Promise<T>): Promise<T> {
  await client.query(`SELECT set_config('search_path', $1, true)`, [path.current])
  const done = await work()
  const { rows } = await client.query<{ search_path: string }>('SHOW search_path')
  path.current = rows[0]?.search_path ?? path.current
  await client.query('SET LOCAL search_path = pg_catalog, pg_temp')
  return done
}

/** Executes statements one by one, each as one prepared statement: the server refuses a piece that holds two. */
export async function runStatements(
  client: pg.Client,
  of: {
    readonly path: RemedyPath
    readonly system: string
    readonly statements: readonly string[]
    readonly xid: string
    readonly lockTimeoutMs: number
    readonly withinMs: number
    readonly totalMs: number | undefined
    readonly redact: (text: string) => string
  },
): Promise<void> {
  const until = performance.now() + (of.totalMs ?? Number.POSITIVE_INFINITY)
  for (const [index, text] of of.statements.entries()) {
    try {
      await limit(client, of, until)
      await underPath(client, of.path, () => client.query({ text, queryMode: 'extended' } as pg.QueryConfig))
    } catch (thrown) {
      throw explainFailure(thrown, { ...of, number: index + 1 })
    }
    await checkTransaction(client, of.xid, of.system, index + 1)
  }
}

/** A function may have changed them: each statement waits for locks, and runs, no longer than those before it. */
async function limit(
  client: pg.Client,
  { lockTimeoutMs, withinMs }: { readonly lockTimeoutMs: number; readonly withinMs: number },
  until: number,
): Promise<void> {
  const left = Math.max(1, Math.ceil(Math.min(withinMs, until - performance.now())))
  await client.query(`SELECT set_config('lock_timeout', $1, true), set_config('statement_timeout', $2, true)`, [
    String(lockTimeoutMs),
    String(left),
  ])
}

/** The transaction must still be the one that was begun: something that ended it has committed on its own. */
async function checkTransaction(client: pg.Client, xid: string, system: string, number: number): Promise<void> {
  const { rows } = await client.query<{ xid: string | null }>('SELECT pg_current_xact_id_if_assigned()::text AS xid')
  if (rows[0]?.xid !== xid) throw new SalvorError('remedy_broke_out', { system, number })
}

/** Deferred constraints speak before the commit, so that nobody approves what the COMMIT would refuse. */
export async function checkDeferred(
  client: pg.Client,
  of: {
    readonly path: RemedyPath
    readonly system: string
    readonly statements: readonly string[]
    readonly redact: (text: string) => string
  },
): Promise<void> {
  try {
    await underPath(client, of.path, () => client.query('SET CONSTRAINTS ALL IMMEDIATE'))
  } catch (thrown) {
    throw explainFailure(thrown, { ...of, lockTimeoutMs: 0, number: of.statements.length })
  }
}

function explainFailure(
  thrown: unknown,
  of: {
    readonly system: string
    readonly number: number
    readonly lockTimeoutMs: number
    readonly redact: (text: string) => string
  },
): unknown {
  if (!(thrown instanceof Error) || isBroken(thrown) || codeOf(thrown) === '') return thrown
  const { system, number } = of
  const code = codeOf(thrown)
  if (code === '55P03')
    return new SalvorError('remedy_locked', { system, number, seconds: of.lockTimeoutMs / 1000 }, { cause: thrown })
  const { detail = '' } = thrown as { detail?: string }
  const seen = of.redact(`${thrown.message}${detail === '' ? '' : `\nDETAIL:  ${detail}`}`).replaceAll('\n', '; ')
  return new SalvorError('remedy_failed', { system, number, seen: `${seen} (SQLSTATE ${code})` }, { cause: thrown })
}
