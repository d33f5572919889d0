import type pg from 'pg'
import { exportSnapshot, moveOn, type Snapshot, type SnapshotOptions, withSnapshot } from './snapshot.ts'

/**
 * Works through batches on a session beside the snapshot's own, each in a transaction of its own that sees the same
 * moment: a transaction keeps a lock on every relation that it has read, and the server has room for few. `sessions` of
 * them work at the same time; the snapshot's own must stay open, and only waits. With none it does the work itself,
 * where the database lets no other session in.
 */
export async function inBatches<T>(
  of: SnapshotOptions,
  snapshot: Snapshot,
  batches: readonly (readonly T[])[],
  work: (client: pg.Client, batch: readonly T[]) => Promise<void>,
  sessions = 1,
): Promise<void> {
  if (batches.length === 0) return
  if (sessions === 0) {
    for (const batch of batches) await work(snapshot.client, batch)
    return
  }
  const id = of.snapshot ?? (await exportSnapshot(snapshot))
  const queue = [...batches]
  const one = () =>
    withSnapshot({ ...of, snapshot: id }, async ({ client }) => {
      let first = true
      for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
        of.signal.throwIfAborted()
        if (!first) await moveOn(client, id)
        first = false
        await work(client, batch)
      }
    })
  const ended = await Promise.allSettled(Array.from({ length: Math.min(sessions, batches.length) }, one))
  const failed = ended.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
