import type pg from 'pg'

/** `off` makes a policy an error instead of fewer rows. */
const OURS = 'SET search_path TO pg_catalog, pg_temp; SET row_security TO off'

/**
 * Lets names be PostgreSQL's own in every statement of a session, whatever the one before did. To plan a SELECT the
 * server runs functions of the table's owner (expressions of indexes, statistics objects) as the session's role, and
 * one of them may set another search_path: all that is asked after that would find the owner's operators. For sessions
 * that read what others own, and give no path of their own to a statement.
 */
export function keepNames(client: pg.Client): pg.Client {
  const ask = client.query.bind(client) as (...args: unknown[]) => unknown
  const before = async () => {
    // In a transaction that has failed nothing is read, and a connection that is gone says so to the statement itself.
    await (ask(OURS) as Promise<unknown>).catch(() => {})
  }
  client.query = ((...args: unknown[]) => {
    void before()
    return ask(...args)
  }) as typeof client.query
  return client
}
