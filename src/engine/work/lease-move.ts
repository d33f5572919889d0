import type { Lease, StoreTx } from '../../ports/store.ts'
import type { ToWake } from '../once.ts'
import type { WorkDeps } from './deps.ts'

/** A move on the session that holds the lease: impossible once the lease is lost. Wakes after the commit. */
export async function makeLeaseMove(
  deps: WorkDeps,
  lease: Lease,
  work: (tx: StoreTx, wakeLater: (wake: ToWake) => void) => Promise<void>,
): Promise<void> {
  const wakes: ToWake[] = []
  await lease.transaction((tx) => {
    wakes.length = 0
    return work(tx, (wake) => wakes.push(wake))
  })
  for (const wake of wakes) await deps.wakeups.wake(wake)
}
