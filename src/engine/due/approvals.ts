import { type Approval, listDeciders, mayMoveApproval } from '../../domain/approval.ts'
import { approvalWhy } from '../../domain/approval-why.ts'
import { shortCode } from '../../domain/digest.ts'
import type { Due } from '../../domain/due.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { JobView } from '../../domain/view.ts'
import { waitsFor } from '../../domain/waiting.ts'
import type { EngineDeps } from '../deps.ts'
import { type MoveTx, makeMove } from '../once.ts'
import { callPager } from './pages.ts'

/** Those who may decide are reminded once. Who is told how is for each surface to say. */
export const remindApprovers = onUnanswered(async (deps, tx, { job }, approval, plan) => {
  await tx.updateApproval(approval.id, { remindedAt: deps.clock.now().toISOString() })
  const data = nameApproval(approval)
  await tx.append(job.incident, { type: 'approval_reminded', job: job.id, actor: 'salvor', data })
  // Nobody else is turned to, so this is as long as anybody waits.
  if (plan.pager && approval.escalateAt === null) await callPager(tx, approval)
})

/** After the policy's time the people of other roles may decide as well. */
export const turnToOthers = onUnanswered(async (deps, tx, { job }, approval, plan) => {
  const escalatedAt = deps.clock.now().toISOString()
  await tx.updateApproval(approval.id, { escalatedAt })
  const roles = listDeciders({ ...approval, escalatedAt })
  await tx.updateJob(job.id, { waitingFor: waitsFor('approval', { roles: roles.join(', ') }) })
  const data = { ...nameApproval(approval), to: [...approval.escalateTo] }
  await tx.append(job.incident, { type: 'approval_escalated', job: job.id, actor: 'salvor', data })
  if (plan.pager) await callPager(tx, approval)
})

/** Ends an approval whose time is over. The job stays parked and can ask again. */
export async function expireApproval(deps: EngineDeps, due: Due): Promise<void> {
  await withApproval(deps, due, async (tx, { job }, approval) => {
    // A granted step that has started has used its approval, and nothing is due any more.
    if (!mayMoveApproval(approval.state, 'expired')) return
    const code = approval.state === 'asked' ? 'undecided' : 'not_started'
    await tx.updateApproval(approval.id, { state: 'expired', why: [approvalWhy(code)] })
    if (job.state === 'running' || job.state === 'awaiting_approval') {
      await tx.updateJob(job.id, { state: 'awaiting_approval', waitingFor: waitsFor(code) })
    }
    const data = { approval: approval.id, code: shortCode(approval.digest) }
    await tx.append(job.incident, { type: 'approval_expired', job: job.id, actor: 'salvor', data })
  })
}

function nameApproval({ id, digest, subject, approveBy }: Approval) {
  return { approval: id, code: shortCode(digest), action: subject.action, approveBy }
}

type Move = (deps: EngineDeps, tx: MoveTx, view: JobView, approval: Approval, plan: RecoveryPlan) => Promise<void>

/** Nothing happens about one that was decided, or whose time is over as well because no keeper was there. */
function onUnanswered(move: Move): (deps: EngineDeps, due: Due) => Promise<void> {
  return async (deps, due) => {
    const plan = await deps.plans.inForce()
    await withApproval(deps, due, async (tx, view, approval) => {
      if (approval.state !== 'asked' || Date.parse(approval.approveBy) <= deps.clock.now().getTime()) return
      await move(deps, tx, view, approval, plan)
    })
  }
}

/** Takes what is due under the lock of its job, so that of several keepers one does it. */
async function withApproval(
  deps: EngineDeps,
  { id, job, subject }: Due,
  move: (tx: MoveTx, view: JobView, approval: Approval) => Promise<void>,
): Promise<void> {
  await makeMove(deps, null, async (tx) => {
    const view = job === null ? undefined : await tx.lockJob(job)
    if (!(await tx.takeDue(id))) return null
    const approval = view?.approvals.find((one) => one.id === subject)
    if (view && approval) await move(tx, view, approval)
    return null
  })
}
