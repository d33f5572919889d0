import type { Finding } from '../remedy-match.ts'
import type { Suggestion } from './suggestion.ts'

const codes = ['55P03', '40P01', '40001', '57014']

/** Nothing is wrong with the data: somebody was in the way. */
export function retryAfterLock({ code, label }: Finding): Suggestion | null {
  if (label !== 'lock_deadlock_timeout' && !(code !== null && codes.includes(code))) return null
  const sql = [
    '-- who holds up whom now; end the session that nobody needs, then run the migration again:',
    'SELECT pid, usename, application_name, state, xact_start, pg_blocking_pids(pid) AS waits_for',
    '  FROM pg_stat_activity WHERE xact_start IS NOT NULL ORDER BY xact_start;',
  ].join('\n')
  const note = '`freeze` keeps services out meanwhile; `rerun` starts the migration again.'
  return { title: 'Retry once the lock is gone', sql, exact: true, note }
}
