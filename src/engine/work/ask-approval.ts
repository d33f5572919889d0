import { type Approval, type ApprovalSubject, digestApproval, hasQuorum } from '../../domain/approval.ts'
import { type ApprovalWhy, approvalWhy } from '../../domain/approval-why.ts'
import { shortCode } from '../../domain/digest.ts'
import type { ErrorCode } from '../../domain/errors/catalogue.ts'
import { describeFailure, SalvorError } from '../../domain/errors/fail.ts'
import { findOpenApproval } from '../../domain/view.ts'
import { waitsFor } from '../../domain/waiting.ts'
import type { Lease } from '../../ports/store.ts'
import type { ApprovalNeed } from '../approval-need.ts'
import { checkApprovalRow } from './check-rows.ts'
import { collectChanges, findStanding } from './common-approval.ts'
import type { WorkDeps } from './deps.ts'
import { makeLeaseMove } from './lease-move.ts'
import type { LoadedStep } from './load-step.ts'
import { nameChanges } from './name-changes.ts'
import { createLookContext } from './step-context.ts'

type Why = readonly ApprovalWhy[]

export type Readiness =
  | { readonly ready: true; readonly approval: Approval }
  | { readonly ready: false; readonly subject: ApprovalSubject; readonly why: Why | null }

/**
 * Looks at the target again and tells whether the granted approval is for exactly that. Anything else, an
 * approval that ran out included, means asking anew with what is there now.
 */
export async function readyToUse(
  deps: WorkDeps,
  loaded: LoadedStep,
  { need, policy }: ApprovalNeed,
  signal: AbortSignal,
): Promise<Readiness> {
  const { view, step, definition } = loaded
  await checkFound(deps, view.job.id)
  const context = createLookContext(deps, { ...loaded, fence: step.fence + 1, signal })
  if (need === 'own' && !definition.evidence) throw new Error(`the step ${step.id} has no evidence to show`)
  const subject = await inWords(
    deps,
    async () =>
      (need === 'own' ? await definition.evidence?.(context) : undefined) ?? (await collectChanges(loaded, context)),
  )
  const approval = findOpenApproval(view)
  if (approval?.state !== 'granted') {
    const earlier = need === 'shared' ? await findStanding(deps, loaded, policy, subject) : null
    if (earlier?.stands) return { ready: true, approval: earlier.approval }
    // Set when a started attempt found more to lose than was approved and gave up.
    const found = step.failure && [{ code: step.failure.code, facts: step.failure.facts }]
    const why = found ?? (earlier === null ? null : earlier.why)
    return { ready: false, subject, why }
  }
  checkApprovalRow(approval, policy, view.job)
  const digest = digestApproval({
    job: view.job.id,
    step: step.name,
    attempt: step.attempt,
    planDigest: view.job.planDigest,
    subject,
  })
  if (digest !== approval.digest) return { ready: false, subject, why: nameChanges(approval.subject, subject) }
  if (approval.runBy !== null && Date.parse(approval.runBy) < deps.clock.now().getTime()) {
    return { ready: false, subject, why: [approvalWhy('run_by_over')] }
  }
  if (!hasQuorum(approval)) throw new Error(`approval ${approval.id} lacks its quorum`)
  return { ready: true, approval }
}

/**
 * Looking at the target may meet what has no code of its own, such as a right that a table lacks. Thrown as it is, it
 * would be tried again for ever and nobody would read why.
 */
async function inWords<T>(deps: Pick<WorkDeps, 'log' | 'redact'>, look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof SalvorError) throw error
    const { code, facts } = describeFailure(error, deps.redact)
    deps.log.error({ code, facts }, 'what an approval needs could not be looked at')
    throw SalvorError.from(code as ErrorCode, facts, { cause: error })
  }
}

/** Throws `row_differs` where evidence would stand on something else than what earlier steps found. */
async function checkFound(deps: Pick<WorkDeps, 'store'>, job: string): Promise<void> {
  const [altered] = await deps.store.listAltered(job)
  if (altered === undefined) return
  const what = 'what it found is not what the journal says that it found'
  throw new SalvorError('row_differs', { step: `${job}/${altered}`, what })
}

/** Puts the card up: the old approval, if one was open, is superseded; the job waits for people. */
export async function askApproval(
  deps: WorkDeps,
  lease: Lease,
  loaded: LoadedStep,
  subject: ApprovalSubject,
  why: Why | null,
): Promise<void> {
  const { step } = loaded
  await makeLeaseMove(deps, lease, async (tx) => {
    const view = await tx.lockJob(step.job)
    if (view?.job.state !== 'running' || view.job.stopRequestedAt !== null) return
    const { job } = view
    const open = findOpenApproval(view)
    if (open?.state === 'asked') return
    if (open) {
      const because = why ?? [approvalWhy('asked_anew')]
      await tx.supersedeApproval(open.id, because)
      const data = { approval: open.id, code: shortCode(open.digest), why: because }
      await tx.append(job.incident, { type: 'approval_superseded', job: job.id, actor: 'salvor', data })
    }
    const { attempt } = step
    const digest = digestApproval({ job: job.id, step: step.name, attempt, planDigest: job.planDigest, subject })
    const id = `${job.id}/a${view.approvals.length + 1}`
    const approval = await tx.askApproval({ id, step: step.id, attempt, digest, subject, why })
    if (!approval) throw new SalvorError('row_differs', { step: step.id, what: 'its policy is not in the store' })
    const waitingFor = waitsFor('approval', { roles: approval.from.join(', ') })
    await tx.updateJob(job.id, { state: 'awaiting_approval', waitingFor })
    const { approveBy } = approval
    const data = { approval: id, step: step.name, attempt, digest, code: shortCode(digest), approveBy, subject, why }
    await tx.append(job.incident, { type: 'approval_asked', job: job.id, actor: 'salvor', data })
  })
}
