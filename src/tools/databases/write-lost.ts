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
      const other = await openLiveSession(admin, of.target, of.other, of.signal)
      try {
        await writeOpenLost({ ...of, client, other })
      } finally {
        await other.end().catch(() => {})
      }
    } finally {
      await client.end().catch(() => {})
    }
  })

/** The same with sessions that are open already. */
export async function writeOpenLost(
  of: LostRowsOrder & {
    readonly target: TargetAddress
    readonly client: pg.Client
    readonly other: pg.Client
    readonly signal: AbortSignal
  },
): Promise<void> {
  if (of.tables.length === 0) return
  const { target, client, other, signal } = of
  try {
    const left = await beginSnapshot(client, { target, signal })
    const right = await beginSnapshot(other, { target, signal })
    const after = of.since === null ? null : writeSince(of.since, await readWriteMark(client))
    await writeLostRows(left, right, { ...of, after, at: left.takenAt })
  } finally {
    for (const one of [client, other]) await one.query('ROLLBACK').catch(() => {})
  }
}
