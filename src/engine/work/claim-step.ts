import type { Approval } from '../../domain/approval.ts'
import { shortCode } from '../../domain/digest.ts'
import type { Lease } from '../../ports/store.ts'
import type { WorkDeps } from './deps.ts'
import type { LoadedStep } from './load-step.ts'

/**
 * Starts an attempt by compare-and-set: `waiting → running` with a raised fence, the approval used up, and the
 * event, in one transaction on the lease's session. Undefined when the step, the job or the approval is no longer
 * what it was: then nothing was changed.
 */
export async function claimStep(
  deps: WorkDeps,
  lease: Lease,
  loaded: LoadedStep,
  runner: string,
  approval: Approval | null,
): Promise<number | undefined> {
  const { step } = loaded
  const fence = step.fence + 1
  return lease.transaction(async (tx) => {
    const view = await tx.lockJob(step.job)
    if (view?.job.state !== 'running' || view.job.stopRequestedAt !== null) return undefined
    const current = view.approvals.find((one) => one.id === approval?.id)
    if (approval && current?.state !== approval.state) return undefined
    const as = { fence, runner, approval: approval?.id ?? null }
    if (!(await tx.startStep(step.id, as))) return undefined
    const events = { job: view.job.id, actor: 'salvor' }
    // One that all reversible steps of a job share is used up by the first of them.
    if (approval?.state === 'granted') {
      const data = { approval: approval.id, code: shortCode(approval.digest) }
      await tx.append(view.job.incident, { type: 'approval_used', ...events, data })
    }
    const data = { step: step.name, attempt: step.attempt, fence, runner, worker: deps.worker }
    await tx.append(view.job.incident, { type: 'step_started', ...events, data })
    return fence
  })
}
