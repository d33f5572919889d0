import type pg from 'pg'
import type { CodeLedger } from '../ports/second-factor.ts'
import { inTransaction } from './pool.ts'

/** So many wrong codes within the window lock a person out for as long as the window is, from the last one on. */
const WRONG_AT_MOST = 5
const WINDOW_MS = 10 * 60_000

/** One-time codes over the store, so that a code counts once whichever process it is given to. */
export function createCodeLedger(pool: pg.Pool): CodeLedger {
  return {
    attempt: (person, judge) =>
      inTransaction(pool, async (client) => {
        // One after another: many attempts at the same moment would else all see the same count.
        await client.query(
          `INSERT INTO salvor.code_turns (person) VALUES ($1) ON CONFLICT (person) DO UPDATE SET person = excluded.person`,
          [person],
        )
        const wrong = await readWrong(client, person)
        const locked = findLock(wrong.ages)
        if (locked !== null) return { kind: 'locked', until: new Date(wrong.now + locked).toISOString() }
        const step = judge()
        if (step === null) {
          await client.query('INSERT INTO salvor.wrong_codes (person) VALUES ($1)', [person])
          const recent = wrong.ages.filter((age) => age < WINDOW_MS).length
          return { kind: 'wrong', left: Math.max(0, WRONG_AT_MOST - recent - 1) }
        }
        const used = 'INSERT INTO salvor.used_codes (person, step) VALUES ($1, $2) ON CONFLICT DO NOTHING'
        const { rowCount } = await client.query(used, [person, step])
        return rowCount === 1 ? { kind: 'accepted' } : { kind: 'used' }
      }),
  }
}

/** How long ago the newest wrong codes were, newest first, in milliseconds by the store's clock. */
async function readWrong(client: pg.PoolClient, person: string): Promise<{ now: number; ages: number[] }> {
  const { rows } = await client.query<{ at: Date; now: Date }>(
    'SELECT at, clock_timestamp() AS now FROM salvor.wrong_codes WHERE person = $1 ORDER BY at DESC LIMIT $2',
    [person, WRONG_AT_MOST],
  )
  const now = rows[0]?.now.getTime() ?? 0
  return { now, ages: rows.map(({ at }) => now - at.getTime()) }
}

/** Milliseconds that a lock still lasts; null where there is none. */
function findLock(ages: readonly number[]): number | null {
  const [newest, oldest] = [ages[0], ages[WRONG_AT_MOST - 1]]
  if (newest === undefined || oldest === undefined || oldest - newest > WINDOW_MS || newest >= WINDOW_MS) return null
  return WINDOW_MS - newest
}
