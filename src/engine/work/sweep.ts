import { mayMoveApproval } from '../../domain/approval.ts'
import { shortCode } from '../../domain/digest.ts'
import type { EngineDeps } from '../deps.ts'
import { makeMove } from '../once.ts'

/** Ends approvals whose time is over. The job stays parked and can ask again. */
export async function expireApprovals(deps: EngineDeps): Promise<void> {
  for (const overdue of await deps.store.listOverdueApprovals()) {
    await makeMove(deps, null, async (tx) => {
      const view = await tx.lockJob(overdue.job)
      const approval = view?.approvals.find((one) => one.id === overdue.id)
      if (!view || approval?.state !== overdue.state || !mayMoveApproval(approval.state, 'expired')) return null
      // A granted step that has started has used its approval, so it is not found here.
      const why = approval.state === 'asked' ? 'nobody decided in time' : 'it was not started in time'
      await tx.updateApproval(approval.id, { state: 'expired', why })
      if (view.job.state === 'running' || view.job.state === 'awaiting_approval') {
        const waitingFor = `somebody who asks again: ${why}`
        await tx.updateJob(view.job.id, { state: 'awaiting_approval', waitingFor })
      }
      const data = { approval: approval.id, code: shortCode(approval.digest) }
      await tx.append(view.job.incident, { type: 'approval_expired', job: view.job.id, actor: 'salvor', data })
      return null
    })
  }
}
