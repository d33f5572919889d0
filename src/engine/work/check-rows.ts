import { type Approval, isOfItsDigest } from '../../domain/approval.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Job } from '../../domain/job.ts'
import type { Policy } from '../../ports/plans.ts'
import { type ApprovalNeed, findNeed } from '../approval-need.ts'
import type { WorkDeps } from './deps.ts'
import type { LoadedStep } from './load-step.ts'

/**
 * What a step may do, by the register and the plan that its job is pinned to; the row in the store only repeats it.
 * Throws `row_differs` for a row that says otherwise: somebody wrote it who may not decide that.
 */
export function checkStepRow(deps: Pick<WorkDeps, 'plans'>, loaded: LoadedStep): ApprovalNeed {
  const { step, view, plan, kind, definition } = loaded
  const params = loaded.params as never
  const need = findNeed({ plans: deps.plans, kind, plan }, params, step.name)
  const names = kind.plan(params, plan)
  const refuse = (what: string): never => {
    throw new SalvorError('row_differs', { step: step.id, what })
  }
  if (step.risk !== definition.risk) refuse(`its risk is ${definition.risk}, not ${step.risk}`)
  if (step.needsApproval !== need.asksHere) refuse(`an approval is ${need.asksHere ? '' : 'not '}needed`)
  if (names[step.position] !== step.name) refuse(`it is not step ${step.position + 1} of ${view.job.kind}`)
  const before = view.steps.filter((one) => one.position < step.position)
  const missing = names.slice(0, step.position).find((name) => !before.some((one) => one.name === name))
  if (missing !== undefined) refuse(`the step ${missing} before it is missing`)
  if (before.some((one) => one.state !== 'done' && one.state !== 'skipped')) refuse('a step before it is not done')
  return need
}

/**
 * Throws `row_differs` where an approval asks for less than the policy, in another's name than whoever asked, or shows
 * anything else than what its digest binds: true commands with false words around them are no card of ours.
 */
export function checkApprovalRow(
  approval: Approval,
  policy: Policy,
  job: Pick<Job, 'id' | 'requester' | 'planDigest'>,
): void {
  const { requester } = job
  const refuse = (what: string): never => {
    throw new SalvorError('row_differs', { step: approval.step, what })
  }
  const within = (some: readonly string[], all: readonly string[]) => some.every((one) => all.includes(one))
  if (approval.requester !== requester) refuse(`${requester} asked for it, not ${approval.requester}`)
  if (!isOfItsDigest(approval, job)) refuse('its digest is not of what it shows')
  if (approval.count < policy.count) refuse(`it takes ${policy.count} people, not ${approval.count}`)
  if (policy.notRequester && !approval.notRequester) refuse('whoever asked may not approve it')
  if (!within(approval.from, policy.from)) refuse(`${policy.from.join(' or ')} may approve it`)
  if (!within(approval.escalateTo, policy.escalateTo)) refuse('it names others to turn to than the plan does')
  if (!within(approval.emergencyFrom, policy.emergencyFrom))
    refuse('it names others for emergencies than the plan does')
  if (policy.secondFactor !== null && approval.secondFactor !== policy.secondFactor) refuse('it takes a one-time code')
  const early = (at: string | null, afterMs: number | null) =>
    at !== null && (afterMs === null || Date.parse(at) - Date.parse(approval.askedAt) < afterMs)
  if (early(approval.emergencyAt, policy.emergencyAfterMs)) refuse('an emergency comes later, or never')
  if (early(approval.escalateAt, policy.escalateAfterMs)) refuse('turning to others comes later, or never')
  if (approval.runWithinMs > policy.runWithinMs) refuse('it has to begin sooner after the approval')
}
