import { findCurrentStep } from '../../domain/view.ts'
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
    const reason = worker === null ? 'a worker: none is alive' : `the worker ${worker}: it is not alive`
    const stranger = served ? await findStranger(store, workers, id, worker) : undefined
    const absent = served ? null : `${reason} (start one: salvor worker --name ${worker ?? 'db1'})`
    const written = stranger ? sayStranger(stranger) : absent
    // A reason of another kind, such as a lock, is not ours to overwrite or to take away.
    const ours = waitingFor === null || marks.some((mark) => waitingFor.includes(mark))
    if (ours && waitingFor !== written) await store.transaction((tx) => tx.updateJob(id, { waitingFor: written }))
  }
}

const marks = ['(start one: salvor worker', '(a stranger:']

async function findStranger(store: Store, workers: WorkerBook, job: string, worker: string | null) {
  const view = await store.viewJob(job)
  const step = view && findCurrentStep(view)
  return step && workers.findStranger(step.id, worker)
}

function sayStranger({ pid, role, application }: Holder): string {
  return `the lease of its step (a stranger: session ${pid} of ${role}, ${application}, holds it)`
}
