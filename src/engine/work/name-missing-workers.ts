import { isSameMessage } from '../../domain/message.ts'
import { findCurrentStep } from '../../domain/view.ts'
import { type Waiting, waitsFor } from '../../domain/waiting.ts'
import type { Store } from '../../ports/store.ts'
import type { Holder, WorkerBook } from '../../ports/workers.ts'

/** Milliseconds without a word after which a worker counts as gone; it speaks every 2 s. */
const goneAfterMs = 10_000

/**
 * Says on the card of each job that should move why it does not: no worker is there that could move it, or somebody
 * holds the lease of its step who is not its worker. A frozen card without a reason is the worst of answers. The reason
 * goes when a worker takes the job up.
 */
export async function nameMissingWorkers(store: Store, workers: WorkerBook, now: Date): Promise<void> {
  const stranded = await store.listStrandedJobs(goneAfterMs)
  if (stranded.length === 0) return
  const alive = (await workers.list())
    .filter((worker) => now.getTime() - Date.parse(worker.seenAt) < goneAfterMs)
    .map((worker) => worker.name)
  for (const { id, worker, waitingFor } of stranded) {
    const served = worker === null ? alive.length > 0 : alive.includes(worker)
    const stranger = served ? await findStranger(store, workers, id, worker) : undefined
    const wanted = served ? (stranger ? nameStranger(stranger) : null) : nameAbsent(worker)
    // A reason of another kind, such as a lock, is not ours to overwrite or to take away.
    const ours = waitingFor === null || own.includes(waitingFor.code)
    if (!ours || isSameMessage(waitingFor, wanted)) continue
    await store.transaction((tx) => tx.updateJob(id, { waitingFor: wanted }))
  }
}

const own: readonly string[] = ['any_worker', 'worker', 'lease'] satisfies readonly Waiting['code'][]

function nameAbsent(worker: string | null): Waiting {
  return worker === null ? waitsFor('any_worker') : waitsFor('worker', { worker })
}

async function findStranger(store: Store, workers: WorkerBook, job: string, worker: string | null) {
  const view = await store.viewJob(job)
  const step = view && findCurrentStep(view)
  return step && workers.findStranger(step.id, worker)
}

function nameStranger({ pid, role, application }: Holder): Waiting {
  return waitsFor('lease', { pid, role, application })
}
