import { type Approval, type ApprovalSubject, digestApproval, hasQuorum } from '../../domain/approval.ts'
import { shortCode } from '../../domain/digest.ts'
import { findOpenApproval } from '../../domain/view.ts'
import type { Lease } from '../../ports/store.ts'
import { checkApprovalRow } from './check-rows.ts'
import type { WorkDeps } from './deps.ts'
import { makeLeaseMove } from './lease-move.ts'
import type { LoadedStep } from './load-step.ts'
import { createLookContext } from './step-context.ts'

/** The part of the time to decide after which those who may are reminded: late enough to matter, early enough to act. */
const REMIND_AT = 2 / 3

export type Readiness =
  | { readonly ready: true; readonly approval: Approval }
  | { readonly ready: false; readonly subject: ApprovalSubject; readonly why: string | null }

/**
 * Looks at the target again and tells whether the granted approval is for exactly that. Anything else, an
 * approval that ran out included, means asking anew with what is there now.
 */
export async function readyToUse(deps: WorkDeps, loaded: LoadedStep, signal: AbortSignal): Promise<Readiness> {
  const { view, step, definition } = loaded
  if (!definition.evidence) throw new Error(`the step ${step.id} needs an approval but has no evidence to show`)
  const subject = await definition.evidence(createLookContext(deps, { ...loaded, fence: step.fence + 1, signal }))
  const approval = findOpenApproval(view)
  if (approval?.state !== 'granted') {
    // Set when a started attempt found more to lose than was approved and gave up.
    return { ready: false, subject, why: step.failure?.said ?? null }
  }
  const policy = deps.plans.policyFor(loaded.plan, loaded.kind.system(loaded.params as never), definition.risk)
  checkApprovalRow(approval, policy, view.job.requester)
  const digest = digestApproval({
    job: view.job.id,
    step: step.name,
    attempt: step.attempt,
    planDigest: view.job.planDigest,
    subject,
  })
  if (digest !== approval.digest) return { ready: false, subject, why: nameChanges(approval.subject, subject) }
  if (approval.runBy !== null && Date.parse(approval.runBy) < deps.clock.now().getTime()) {
    return { ready: false, subject, why: 'the time to run it was over' }
  }
  if (!hasQuorum(approval)) throw new Error(`approval ${approval.id} lacks its quorum`)
  return { ready: true, approval }
}

/** What changed between two cards, in words. */
function nameChanges(before: ApprovalSubject, now: ApprovalSubject): string {
  const changes: string[] = []
  for (const table of new Set([...Object.keys(before.ceiling), ...Object.keys(now.ceiling)])) {
    const [was, is] = [before.ceiling[table] ?? 0, now.ceiling[table] ?? 0]
    if (was !== is) changes.push(`${table}: ${is} rows would be lost, ${was} were shown`)
  }
  if (before.does.join('\n') !== now.does.join('\n')) changes.push('the commands differ')
  if (before.target !== now.target) changes.push(`the target is ${now.target}, not ${before.target}`)
  return changes.length > 0 ? changes.join('; ') : 'the target or the evidence is not the same any more'
}

/** Puts the card up: the old approval, if one was open, is superseded; the job waits for people. */
export async function askApproval(
  deps: WorkDeps,
  lease: Lease,
  loaded: LoadedStep,
  subject: ApprovalSubject,
  why: string | null,
): Promise<void> {
  const { step, plan, kind, definition } = loaded
  const policy = deps.plans.policyFor(plan, kind.system(loaded.params as never), definition.risk)
  await makeLeaseMove(deps, lease, async (tx) => {
    const view = await tx.lockJob(step.job)
    if (view?.job.state !== 'running' || view.job.stopRequestedAt !== null) return
    const { job } = view
    const open = findOpenApproval(view)
    if (open?.state === 'asked') return
    if (open) {
      const because = why ?? 'it was asked anew'
      await tx.updateApproval(open.id, { state: 'superseded', why: because })
      const data = { approval: open.id, code: shortCode(open.digest), why: because }
      await tx.append(job.incident, { type: 'approval_superseded', job: job.id, actor: 'salvor', data })
    }
    const now = deps.clock.now()
    const digest = digestApproval({
      job: job.id,
      step: step.name,
      attempt: step.attempt,
      planDigest: job.planDigest,
      subject,
    })
    const after = (ms: number) => new Date(now.getTime() + ms).toISOString()
    const approval = {
      id: `${job.id}/a${view.approvals.length + 1}`,
      incident: job.incident,
      job: job.id,
      step: step.id,
      attempt: step.attempt,
      digest,
      subject,
      state: 'asked' as const,
      requester: job.requester,
      from: policy.from,
      count: policy.count,
      notRequester: policy.notRequester,
      askedAt: now.toISOString(),
      approveBy: after(policy.approveWithinMs),
      runWithinMs: policy.runWithinMs,
      secondFactor: policy.secondFactor,
      remindAt: after(policy.approveWithinMs * REMIND_AT),
      emergencyFrom: policy.emergencyFrom,
      emergencyAt: definition.undoable && policy.emergencyAfterMs !== null ? after(policy.emergencyAfterMs) : null,
      escalateTo: policy.escalateTo,
      escalateAt: policy.escalateAfterMs === null ? null : after(policy.escalateAfterMs),
      why,
    }
    await tx.insertApproval(approval)
    await tx.updateJob(job.id, {
      state: 'awaiting_approval',
      waitingFor: `an approval from ${policy.from.join(' or ')}`,
    })
    const { id, attempt, approveBy } = approval
    const data = { approval: id, step: step.name, attempt, digest, code: shortCode(digest), approveBy, subject, why }
    await tx.append(job.incident, { type: 'approval_asked', job: job.id, actor: 'salvor', data })
  })
}
