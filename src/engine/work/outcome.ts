import type { EventMap } from '../../domain/events.ts'
import type { LeftBehind } from '../../domain/left-behind.ts'
import type { Failure } from '../../domain/step.ts'
import type { JobView } from '../../domain/view.ts'
import { listLeftBehind } from '../list-left-behind.ts'
import { type MoveTx, makeMove } from '../once.ts'
import type { WorkDeps } from './deps.ts'

/** Ends a job as failed: frees its lock, keeps what is left behind. `step` is the one that failed, if one did. */
export async function failJob(deps: WorkDeps, seen: JobView, step: string | null, failure: Failure): Promise<void> {
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(seen.job.id)
    if (!view || view.job.state === 'failed') return null
    await writeJobFailed(deps, tx, view, step, failure, listLeftBehind(view))
    return null
  })
}

/** The same inside a transaction that already holds the job. */
export async function writeJobFailed(
  deps: WorkDeps,
  tx: Pick<MoveTx, 'updateJob' | 'append' | 'releaseLock'>,
  view: JobView,
  step: string | null,
  failure: Failure,
  leftBehind: LeftBehind[],
): Promise<void> {
  const { job } = view
  const finishedAt = deps.clock.now().toISOString()
  await tx.updateJob(job.id, {
    state: 'failed',
    waitingFor: null,
    finishedAt,
    leftBehind,
    stopRequestedAt: null,
    stopRequestedBy: null,
  })
  await tx.append(job.incident, { type: 'job_failed', job: job.id, actor: 'salvor', data: { step, failure } })
  await freeLock(tx, view, 'failed')
}

/** Releases the lock of a job that came to its end; nothing if it holds none. */
export async function freeLock(
  tx: Pick<MoveTx, 'append' | 'releaseLock'>,
  view: JobView,
  ended: EventMap['lock_released']['ended'],
): Promise<void> {
  const { job } = view
  if (job.lockTarget === null || !(await tx.releaseLock(job.lockTarget, job.id))) return
  const data = { target: job.lockTarget, by: null, ended }
  await tx.append(job.incident, { type: 'lock_released', job: job.id, actor: 'salvor', data })
}
