import type { Job } from '../../domain/job.ts'
import type { Step } from '../../domain/step.ts'
import { findCurrentStep, type JobView } from '../../domain/view.ts'
import { waitsFor } from '../../domain/waiting.ts'
import { makeMove } from '../once.ts'
import type { WorkDeps } from './deps.ts'

/**
 * Sets a requested job running, once it holds its lock and nobody replaces what it is to look at. Its steps were written
 * with the request, by who may.
 */
export async function planJob(deps: WorkDeps, seen: JobView): Promise<void> {
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(seen.job.id)
    if (view?.job.state !== 'requested') return null
    const { job } = view
    const switching = await findSwitching(deps, job)
    if (switching !== undefined) {
      const { name, job: other } = switching
      await tx.updateJob(job.id, { waitingFor: waitsFor('replaced', { step: name, job: other }) })
      return null
    }
    if (job.lockTarget !== null) {
      const holder = await tx.takeLock(job.lockTarget, job.id, job.words)
      if (holder !== job.id) {
        await tx.updateJob(job.id, { waitingFor: waitsFor('lock', { target: job.lockTarget, job: holder }) })
        return null
      }
      if (job.waitingFor !== null) {
        await tx.append(job.incident, {
          type: 'lock_taken',
          job: job.id,
          actor: 'salvor',
          data: { target: job.lockTarget },
        })
      }
    }
    await tx.updateJob(job.id, { state: 'planned' })
    const shown = view.steps.map(({ name, risk, needsApproval }) => ({ name, risk, needsApproval }))
    await tx.append(job.incident, { type: 'job_planned', job: job.id, actor: 'salvor', data: { steps: shown } })
    await tx.updateJob(job.id, { state: 'running', waitingFor: null })
    const eventNo = await tx.append(job.incident, { type: 'job_started', job: job.id, actor: 'salvor', data: {} })
    tx.wakeLater({ job: job.id, eventNo, worker: job.worker })
    return null
  })
}

/**
 * The step that is about to replace what the job only looks at, or is replacing it just now: whoever compared beside it
 * would tell of what is on its way out. One that waits for an approval or for a person may wait for hours, and holds up
 * nobody.
 */
async function findSwitching(deps: WorkDeps, { id, kind, params }: Job): Promise<Step | undefined> {
  const target = deps.jobs.find(kind)?.looksAt?.(params as never)
  if (target === undefined) return undefined
  const changing = (await deps.store.listActiveJobs()).filter(
    ({ job }) => job.id !== id && job.lockTarget === target && job.state === 'running',
  )
  return changing.map(findCurrentStep).find((step) => step?.risk === 'destructive')
}
