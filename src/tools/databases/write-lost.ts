import type pg from 'pg'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { DatabaseTools, LostRowsOrder } from '../../ports/database-tools.ts'
import { writeLostRows } from '../content/lost-rows/write-lost-rows.ts'
import { beginSnapshot } from '../content/snapshot.ts'
import { readWriteMark, writeSince } from '../content/write-mark.ts'
import { withAdmin } from './admin-session.ts'
import { openLiveSession } from './live-session.ts'

/** The rows that go away, over sessions of their own, while live is still open. */
export const writeLostOfLive: DatabaseTools['writeLost'] = (of) =>
  withAdmin(of.target, async (admin) => {
    const client = await openLiveSession(admin, of.target, of.live, of.signal)
    try {
      await writeOpenLost(admin, { ...of, client })
    } finally {
      await client.end().catch(() => {})
    }
  })

/** The same with a session in live that is open already. */
export async function writeOpenLost(
  admin: pg.Client,
  of: LostRowsOrder & {
    readonly target: TargetAddress
    readonly client: pg.Client
    readonly other: string
    readonly signal: AbortSignal
  },
): Promise<void> {
  if (of.tables.length === 0) return
  const { target, client, signal } = of
  const other = await openLiveSession(admin, target, of.other, signal)
  try {
    const left = await beginSnapshot(client, { target, signal })
    const right = await beginSnapshot(other, { target, signal })
    const after = of.since === null ? null : writeSince(of.since, await readWriteMark(client))
    await writeLostRows(left, right, { ...of, after, at: left.takenAt })
  } finally {
    await client.query('ROLLBACK').catch(() => {})
    await other.end().catch(() => {})
  }
}
