import type { Step } from '../../domain/step.ts'
import type { JobView } from '../../domain/view.ts'
import { makeMove } from '../once.ts'
import type { WorkDeps } from './deps.ts'

/** Turns a request into its steps, once it holds its lock, and sets it running. */
export async function planJob(deps: WorkDeps, seen: JobView): Promise<void> {
  const kind = deps.jobs.find(seen.job.kind)
  if (!kind) throw new Error(`this program has no job kind ${seen.job.kind}`)
  const plan = await deps.plans.byDigest(seen.job.planDigest)
  const params = kind.params.parse(seen.job.params) as never
  const names = kind.plan(params, plan)
  const policySystem = kind.system(params)
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(seen.job.id)
    if (view?.job.state !== 'requested') return null
    const { job } = view
    if (job.lockTarget !== null) {
      const holder = await tx.takeLock(job.lockTarget, job.id, job.words)
      if (holder !== job.id) {
        await tx.updateJob(job.id, { waitingFor: `the lock on ${job.lockTarget}, held by ${holder}` })
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
    const steps = names.map((name, position): Step => {
      const definition = kind.steps.find((step) => step.name === name)
      if (!definition) throw new Error(`the kind ${kind.name} has no step ${name}`)
      const policy = deps.plans.policyFor(plan, policySystem, definition.risk)
      const needsApproval = definition.evidence !== undefined && policy.count > 0
      const approvalFrom = needsApproval ? policy.from : []
      const { title, risk } = definition
      const id = `${job.id}/${name}`
      return { ...freshStep, id, job: job.id, position, name, title, risk, needsApproval, approvalFrom }
    })
    await tx.insertSteps(steps)
    await tx.updateJob(job.id, { state: 'planned' })
    const shown = steps.map(({ name, title, risk, needsApproval }) => ({ name, title, risk, needsApproval }))
    await tx.append(job.incident, { type: 'job_planned', job: job.id, actor: 'salvor', data: { steps: shown } })
    await tx.updateJob(job.id, { state: 'running', waitingFor: null })
    const eventNo = await tx.append(job.incident, { type: 'job_started', job: job.id, actor: 'salvor', data: {} })
    tx.wakeLater({ job: job.id, eventNo, worker: job.worker })
    return null
  })
}

const freshStep = {
  state: 'waiting',
  attempt: 1,
  fence: 0,
  runner: null,
  output: null,
  records: {},
  failure: null,
  progress: null,
  startedAt: null,
  finishedAt: null,
  seenAt: null,
} as const
