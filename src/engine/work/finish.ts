import { approvalWhy } from '../../domain/approval-why.ts'
import { shortCode } from '../../domain/digest.ts'
import { isResting } from '../../domain/job.ts'
import { type LeftBehind, listOnce } from '../../domain/left-behind.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import { findOpenApproval, type JobView } from '../../domain/view.ts'
import { listLeftBehind } from '../list-left-behind.ts'
import { makeMove } from '../once.ts'
import type { WorkDeps } from './deps.ts'
import { loadStep } from './load-step.ts'
import { notPutAway } from './not-put-away.ts'
import { freeLock } from './outcome.ts'
import { createLookContext } from './step-context.ts'

/** All steps are done: the kind says what it comes to. */
export async function succeed(deps: WorkDeps, seen: JobView): Promise<void> {
  const kind = deps.jobs.find(seen.job.kind)
  if (!kind) throw new Error(`this program has no job kind ${seen.job.kind}`)
  const plan = await deps.plans.byDigest(seen.job.planDigest)
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(seen.job.id)
    if (view?.job.state !== 'running' || view.steps.some((step) => step.state !== 'done' && step.state !== 'skipped'))
      return null
    const { job } = view
    const finishedAt = deps.clock.now().toISOString()
    const report = kind.report({ ...view, job: { ...job, state: 'succeeded', finishedAt } })
    const outcome = JSON.parse(JSON.stringify(report))
    const leftBehind = [...(report.leftBehind ?? [])]
    await tx.updateJob(job.id, { state: 'succeeded', finishedAt, outcome, waitingFor: null, leftBehind })
    await tx.append(job.incident, {
      type: 'job_succeeded',
      job: job.id,
      actor: 'salvor',
      data: { summary: report.summary, outcome },
    })
    await freeLock(tx, view, 'succeeded')
    const incident = await tx.lockIncident(job.incident)
    if (report.recovers && incident?.state === 'open' && !isNeeded(plan, kind.system(job.params as never))) {
      await tx.updateIncident(job.incident, { state: 'recovered', recoveredAt: finishedAt })
      await tx.append(job.incident, {
        type: 'incident_recovered',
        job: job.id,
        actor: 'salvor',
        data: { by: 'salvor' },
      })
    }
    if (report.reverts && incident?.state === 'recovered') {
      await tx.updateIncident(job.incident, { state: 'open', recoveredAt: null })
      const data = { by: 'salvor' }
      await tx.append(job.incident, { type: 'incident_reopened', job: job.id, actor: 'salvor', data })
    }
    return null
  })
}

/** While other systems need this one, service is back only with them: a restored database alone recovers nobody. */
function isNeeded(plan: RecoveryPlan, system: string | null): boolean {
  return system !== null && Object.values(plan.systems).some((other) => other.needs.includes(system))
}

/** Nothing of the job is at work any more: it is stopped, and says what is left. */
export async function finishStop(deps: WorkDeps, seen: JobView): Promise<void> {
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(seen.job.id)
    if (!view || isResting(view.job.state) || view.job.stopRequestedAt === null) return null
    if (view.steps.some((step) => step.state === 'running' || step.state === 'in_doubt')) return null
    const { job } = view
    const by = job.stopRequestedBy ?? 'salvor'
    const open = findOpenApproval(view)
    if (open) {
      const why = [approvalWhy('job_stopped')]
      await tx.supersedeApproval(open.id, why)
      const data = { approval: open.id, code: shortCode(open.digest), why }
      await tx.append(job.incident, { type: 'approval_superseded', job: job.id, actor: 'salvor', data })
    }
    const left = listLeftBehind(view)
    const finishedAt = deps.clock.now().toISOString()
    await tx.updateJob(job.id, {
      state: 'stopped',
      waitingFor: null,
      finishedAt,
      leftBehind: left,
      stopRequestedAt: null,
      stopRequestedBy: null,
    })
    await tx.append(job.incident, { type: 'job_stopped', job: job.id, actor: by, data: { by, left } })
    await freeLock(tx, view, 'stopped')
    return null
  })
}

/** Puts away what a resting job left behind, newest step first. A resumed job makes it anew. */
export async function cleanUpJob(deps: WorkDeps, seen: JobView): Promise<void> {
  const left: LeftBehind[] = []
  for (const step of seen.steps.toReversed()) {
    const loaded = await loadStep(deps, step.id)
    if (!loaded.definition.cleanUp) continue
    const context = createLookContext(deps, { ...loaded, fence: step.fence, signal: AbortSignal.timeout(60_000) })
    try {
      left.push(...(await loaded.definition.cleanUp(context)))
    } catch (error) {
      left.push(notPutAway(deps, step.name, error))
    }
  }
  // Steps that share what they make put it away together.
  const remains = listOnce(left)
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(seen.job.id)
    if (!view || view.job.cleanUpRequestedBy === null) return null
    await tx.updateJob(view.job.id, { cleanUpRequestedBy: null, leftBehind: remains, outcome: { cleanedUp: true } })
    const data = { left: remains }
    await tx.append(view.job.incident, { type: 'cleaned_up', job: view.job.id, actor: 'salvor', data })
    return null
  })
}
