import type pg from 'pg'
import { SalvorError } from '../domain/errors/fail.ts'

/** `off` makes a policy an error instead of fewer rows. */
const OURS = 'SET search_path TO pg_catalog, pg_temp; SET row_security TO off'

/** What else changes what a statement means, as whom it runs, how long, or how a value is printed. */
const watched = [
  ...['role', 'transaction_read_only', 'transaction_isolation', 'default_transaction_read_only', 'client_encoding'],
  ...['DateStyle', 'IntervalStyle', 'TimeZone', 'extra_float_digits', 'bytea_output', 'xmlbinary', 'xmloption'],
  ...['lc_monetary', 'lc_numeric', 'lc_time', 'standard_conforming_strings', 'transform_null_equals', 'array_nulls'],
  ...[
    'quote_all_identifiers',
    'default_text_search_config',
    'statement_timeout',
    'lock_timeout',
    'transaction_timeout',
  ],
  ...['idle_in_transaction_session_timeout', 'session_replication_role', 'lo_compat_privileges'],
]
const STATE = `${OURS}; SELECT json_build_object(${watched
  .map((name) => `'${name}', current_setting('${name}', true)`)
  .join(', ')}) AS state`

type Settings = { readonly [name: string]: string | null }

/**
 * Keeps a session that reads what others own to what it was told. To plan a SELECT the server runs functions of the
 * table's owner (expressions of indexes, statistics objects) as the session's role, and one of them may change a setting:
 * with another search_path all that is asked after that would find the owner's operators, with another way to print
 * numbers two tables would look alike. So path and row security are set anew before every statement, and the answer of
 * a statement that only reads counts only if the other settings are as they were before it; else target_meddled.
 */
export function keepNames(client: pg.Client, system: string): pg.Client {
  const ask = client.query.bind(client) as (...args: unknown[]) => unknown
  const look = async (): Promise<Settings> => {
    const results = (await ask(STATE)) as pg.QueryResult<{ state: Settings }>[]
    return results.at(-1)?.rows[0]?.state ?? {}
  }
  // As of the end of the last statement that read; unknown after one of ours that may have changed them.
  let known: Settings | null = null
  const run = async (args: unknown[]): Promise<unknown> => {
    if (!isReading(args)) {
      known = null
      // In a transaction that has failed nothing is read, and a connection that is gone says so to the statement itself.
      await (ask(OURS) as Promise<unknown>).catch(() => {})
      return ask(...args)
    }
    const was = known ?? (await look())
    known = null
    const answer = await ask(...args)
    const is = await look()
    known = is
    const changed = watched.filter((name) => was[name] !== is[name])
    if (changed.length === 0) return answer
    throw new SalvorError('target_meddled', { system, seen: changed.join(', ') })
  }
  // One after the other, also where nobody waits for the one before.
  let last: Promise<unknown> = Promise.resolve()
  client.query = ((...args: unknown[]) => {
    const next = last.then(() => run(args))
    last = next.catch(() => {})
    return next
  }) as typeof client.query
  return client
}

/** Statements of ours that set something begin otherwise, or say so. */
function isReading([first]: readonly unknown[]): boolean {
  const text = typeof first === 'string' ? first : (first as { readonly text?: unknown } | undefined)?.text
  return typeof text === 'string' && /^\s*(?:SELECT|WITH|FETCH|DECLARE)\b/i.test(text) && !/\bset_config\(/.test(text)
}
