import type pg from 'pg'
import { isBroken } from '../../postgres-errors.ts'

/**
 * Reads in a subtransaction of each session that is rolled back afterwards: an error leaves the snapshot usable, and
 * the locks on what was read go, of which the server has room for few. A broken session and an abort are thrown on.
 */
export async function tryWithoutLocks<T>(
  clients: readonly pg.ClientBase[],
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly error: Error }> {
  const all = async (sql: string) => {
    for (const client of clients) await client.query(sql)
  }
  await all('SAVEPOINT reading')
  try {
    const value = await work()
    await all('ROLLBACK TO SAVEPOINT reading')
    return { value }
  } catch (thrown) {
    if (signal.aborted || isBroken(thrown) || !(thrown instanceof Error)) throw thrown
    await all('ROLLBACK TO SAVEPOINT reading')
    return { error: thrown }
  }
}
