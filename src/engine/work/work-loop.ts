import { findCurrentStep } from '../../domain/view.ts'
import { advance } from './advance.ts'
import type { WorkDeps } from './deps.ts'

export interface WorkLoop {
  /** Follows a wakeup. One at a time a job: a second one while it is at work means one more look afterwards. */
  follow(job: string): Promise<void>
  start(): void
  /** Takes nothing new and waits up to `graceMs` for what is at work in this process. */
  stop(graceMs: number): Promise<void>
}

/** Milliseconds between two looks at the store. Short, because it is all there is when the queue is away. */
const sweepEveryMs = 1_500
/** After 15 s of silence the store gave the lease away, and who wakes up ends itself; who is silent still is frozen. */
const frozenAfterMs = 25_000

/**
 * The working side of a process: follows wakeups, and looks at the store by itself for jobs that should move and
 * do not. The queue only makes it faster: without one, everything still happens, at the pace of the sweep.
 */
export function createWorkLoop(deps: WorkDeps, mayWork: () => Promise<boolean>): WorkLoop {
  const atWork = new Map<string, { again: boolean; done: Promise<void> }>()
  const endFrozen = createFreezeWatch(deps)
  let stopping = false
  let timer: NodeJS.Timeout | undefined

  const follow = async (job: string): Promise<void> => {
    const current = atWork.get(job)
    if (current) {
      current.again = true
      return
    }
    if (stopping) return
    const entry = { again: false, done: Promise.resolve() }
    atWork.set(job, entry)
    entry.done = (async () => {
      try {
        do {
          entry.again = false
          if ((await mayWork()) && (await advance(deps, job))) entry.again = true
        } while (entry.again && !stopping)
      } finally {
        atWork.delete(job)
      }
    })()
    await entry.done
  }

  const sweep = async () => {
    try {
      for (const job of await deps.store.listStrandedJobs(sweepEveryMs * 2)) {
        if (job.worker !== null && job.worker !== deps.worker) continue
        if (atWork.has(job.id)) await endFrozen(job.id)
        follow(job.id).catch((error) =>
          deps.log.error({ job: job.id, error: String(error) }, 'a job could not be moved'),
        )
      }
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'the store could not be swept')
    }
    if (!stopping) timer = setTimeout(() => void sweep(), sweepEveryMs)
  }

  return {
    follow,
    start: () => void sweep(),
    async stop(graceMs) {
      stopping = true
      clearTimeout(timer)
      const all = Promise.allSettled([...atWork.values()].map((entry) => entry.done))
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
    },
  }
}

/**
 * Ends the runner of a job that has been silent for too long, at two looks in a row: its first sign of life may
 * carry a clock that is wrong. The job would else wait for ever for a process that hears no signal and no end.
 */
function createFreezeWatch(deps: WorkDeps): (job: string) => Promise<void> {
  const suspects = new Set<string>()
  return async (job) => {
    const silent = (await deps.store.listStrandedJobs(frozenAfterMs)).some((one) => one.id === job)
    const view = silent ? await deps.store.viewJob(job) : undefined
    const step = view && findCurrentStep(view)
    const attempt = `${step?.id}:${step?.fence}`
    if (step?.state !== 'running') return
    if (suspects.delete(attempt)) deps.endRunner?.(step.id)
    else suspects.add(attempt)
  }
}
