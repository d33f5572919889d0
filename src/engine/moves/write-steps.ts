import type { Job } from '../../domain/job.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { Step } from '../../domain/step.ts'
import { findNeed } from '../approval-need.ts'
import type { AnyJobKind } from '../define-job.ts'
import type { EngineDeps } from '../deps.ts'

/** The steps of a job, from register and plan alone: written with the request, so that no worker says what may be done. */
export function listSteps(deps: Pick<EngineDeps, 'plans'>, kind: AnyJobKind, job: Job, plan: RecoveryPlan): Step[] {
  const params = kind.params.parse(job.params) as never
  return kind.plan(params, plan).map((name, position) => {
    const definition = kind.steps.find((step) => step.name === name)
    if (!definition) throw new Error(`the kind ${kind.name} has no step ${name}`)
    const { need, policy, asksHere: needsApproval } = findNeed({ plans: deps.plans, kind, plan }, params, name)
    const approvalFrom = needsApproval ? policy.from : []
    const { title, risk, undoable = false } = definition
    const whose = { approvalFrom, policySystem: kind.system(params), shared: need === 'shared', undoable }
    const id = `${job.id}/${name}`
    return { ...freshStep, id, job: job.id, position, name, title, risk, needsApproval, ...whose }
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
