import type { Approval, ApprovalSubject } from '../../src/domain/approval.ts'
import { digestOf } from '../../src/domain/digest.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import { listShared } from '../../src/engine/approval-need.ts'
import type { AnyJobKind } from '../../src/engine/define-job.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { collectChanges } from '../../src/engine/work/common-approval.ts'

/** What the card of a job's reversible steps shows, from this step on. */
export function showChanges(kind: AnyJobKind, name: string, context: LookContext<never>): Promise<ApprovalSubject> {
  const steps = listShared(kind, context.params, context.plan).map((one, position) => ({ name: one, position }))
  const step = steps.find((one) => one.name === name)
  const loaded = { kind, plan: context.plan, params: context.params, view: { steps }, step }
  return collectChanges(loaded as never, context)
}

/**
 * Approves the reversible steps of one job as a plan may want it: what they will do is collected before the first, and
 * again before each. Throws where what is to come is not what was approved.
 */
export function approveChanges(
  kind: AnyJobKind,
): (step: string, context: LookContext<never>) => Promise<Approval | null> {
  let approved: ApprovalSubject | undefined
  return async (name, context) => {
    if (!listShared(kind, context.params, context.plan).includes(name)) return null
    const now = await showChanges(kind, name, context)
    approved ??= now
    for (const [covered, bound] of Object.entries(now.binds.covers as JsonObject)) {
      const before = (approved.binds.covers as JsonObject)[covered]
      if (before === undefined || digestOf(before) !== digestOf(bound))
        throw new Error(`${covered} would do something else now`)
    }
    return { subject: approved } as Approval
  }
}
