import type { Store } from '../../ports/store.ts'
import type { WorkerBook } from '../../ports/workers.ts'

/** Milliseconds without a word after which a worker counts as gone; it speaks every 2 s. */
const goneAfterMs = 10_000

/**
 * Says on the card of each job that should move why it does not, when no worker is there that could move it. A
 * frozen card without a reason is the worst of answers. The reason goes when a worker takes the job up.
 */
export async function nameMissingWorkers(store: Store, workers: WorkerBook, now: Date): Promise<void> {
  const stranded = await store.listStrandedJobs(goneAfterMs)
  if (stranded.length === 0) return
  const alive = (await workers.list())
    .filter((worker) => now.getTime() - Date.parse(worker.seenAt) < goneAfterMs)
    .map((worker) => worker.name)
  for (const { id, worker, waitingFor } of stranded) {
    const served = worker === null ? alive.length > 0 : alive.includes(worker)
    const reason = worker === null ? 'a worker: none is alive' : `the worker ${worker}: it is not alive`
    const written = served ? null : `${reason} (start one: salvor worker --name ${worker ?? 'db1'})`
    // A reason of another kind, such as a lock, is not ours to overwrite or to take away.
    const ours = waitingFor === null || waitingFor.includes('(start one: salvor worker')
    if (ours && waitingFor !== written) await store.transaction((tx) => tx.updateJob(id, { waitingFor: written }))
  }
}
