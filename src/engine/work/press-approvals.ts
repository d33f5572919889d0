import { listDeciders } from '../../domain/approval.ts'
import { shortCode } from '../../domain/digest.ts'
import type { EngineDeps } from '../deps.ts'
import { makeMove } from '../once.ts'

/**
 * What happens while nobody decides: those who may are reminded once, and after the policy's time the people of other
 * roles may decide as well. Both are facts of the journal; who is told how is for each surface to say.
 */
export async function pressApprovals(deps: EngineDeps): Promise<void> {
  for (const due of await deps.store.listPressingApprovals()) {
    await makeMove(deps, null, async (tx) => {
      const view = await tx.lockJob(due.job)
      const approval = view?.approvals.find((one) => one.id === due.id)
      if (!view || approval?.state !== 'asked') return null
      const { incident, id: job } = view.job
      const at = deps.clock.now().toISOString()
      const { id, approveBy, digest, subject } = approval
      const data = { approval: id, code: shortCode(digest), action: subject.action, approveBy }
      if (due.escalate && approval.escalatedAt === null) {
        await tx.updateApproval(id, { escalatedAt: at })
        const roles = listDeciders({ ...approval, escalatedAt: at })
        await tx.updateJob(job, { waitingFor: `an approval from ${roles.join(' or ')}` })
        const to = [...approval.escalateTo]
        await tx.append(incident, { type: 'approval_escalated', job, actor: 'salvor', data: { ...data, to } })
      }
      if (due.remind && approval.remindedAt === null) {
        await tx.updateApproval(id, { remindedAt: at })
        await tx.append(incident, { type: 'approval_reminded', job, actor: 'salvor', data })
      }
      return null
    })
  }
}
