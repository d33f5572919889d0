import type { ErrorMessage } from '../../domain/errors/error-message.ts'
import { waitsFor } from '../../domain/waiting.ts'
import type { Lease } from '../../ports/store.ts'
import type { WorkDeps } from './deps.ts'
import { makeLeaseMove } from './lease-move.ts'
import type { LoadedStep } from './load-step.ts'

/**
 * The world could not say whether a step in doubt was done: step and job wait for a person who looks. Where a stop was
 * asked for, the job comes to rest by that instead: whoever resumes it is told what to settle first.
 */
export async function parkStep(deps: WorkDeps, lease: Lease, loaded: LoadedStep, why: ErrorMessage): Promise<void> {
  const { step } = loaded
  await makeLeaseMove(deps, lease, async (tx, wakeLater) => {
    const now = await tx.lockJob(step.job)
    const current = now?.steps.find((one) => one.id === step.id)
    if (!now || (current?.state !== 'running' && current?.state !== 'in_doubt')) return
    const told = { job: now.job.id, actor: 'salvor' }
    if (current.state === 'running') {
      await tx.moveStep(step.id, { state: 'running', fence: current.fence }, { state: 'in_doubt' })
      const doubt = { step: step.name, attempt: step.attempt, why }
      await tx.append(now.job.incident, { type: 'step_in_doubt', ...told, data: doubt })
    }
    await tx.moveStep(step.id, { state: 'in_doubt' }, { state: 'needs_person', runner: null })
    const settled = { step: step.name, answer: 'unknown' as const, by: 'salvor', reason: null, why }
    const eventNo = await tx.append(now.job.incident, { type: 'step_settled', ...told, data: settled })
    if (now.job.stopRequestedAt !== null) return wakeLater({ job: now.job.id, eventNo, worker: now.job.worker })
    await tx.updateJob(now.job.id, { state: 'needs_person', waitingFor: waitsFor('look_of_person') })
    await tx.append(now.job.incident, { type: 'job_needs_person', ...told, data: { step: step.name, why } })
  })
}
