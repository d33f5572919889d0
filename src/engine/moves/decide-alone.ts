import { listDeciders } from '../../domain/approval.ts'
import { shortCode } from '../../domain/digest.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Utterance } from '../../domain/person.ts'
import type { EngineDeps } from '../deps.ts'
import { holdsAny } from '../hold-role.ts'
import { makeMove } from '../once.ts'
import { type Chosen, chooseApproval, needCard, needWhole, refuseWrongCode } from './choose-card.ts'
import { findDecidable, findPolicy, grant } from './decide.ts'

/**
 * Whoever asked goes on alone, because nobody answered. Only where the plan allows it, with a step that can be taken
 * back, by the person who asked, in a role that may, after its time, while nobody has decided anything, with a reason
 * and a one-time code. Everything but the role is counted by the store once more.
 */
export async function approveAlone(
  deps: EngineDeps,
  said: Utterance,
  of: Chosen & { readonly reason: string; readonly factor?: 'checked' },
): Promise<void> {
  const { job, reason } = of
  const seen = await deps.store.viewJob(job)
  if (!seen) throw new SalvorError('job_unknown', { job })
  const meant = chooseApproval(seen, of)
  const { id, emergencyAt } = meant
  // The approval says when, the plan in force says who, and whether at all: it may have become stricter since.
  const kind = deps.jobs.find(seen.job.kind)
  const system = kind?.system(seen.job.params as never) ?? null
  const policy = deps.plans.policyFor(await deps.plans.inForce(), system, 'destructive')
  const { emergencyFrom } = policy
  if (emergencyAt === null || policy.emergencyAfterMs === null) throw new SalvorError('emergency_none', { job })
  if (!(await holdsAny(deps.roles, said.person, emergencyFrom))) {
    throw new SalvorError('emergency_role', { job, roles: emergencyFrom.join(' or ') })
  }
  await refuseWrongCode(deps, said, of, meant)
  const entitled = { id, policy: await findPolicy(deps, seen, meant) }
  await makeMove(deps, said, async (tx) => {
    const { view, approval } = await findDecidable(deps, tx, said, of, entitled)
    if (approval === null) return null
    const now = deps.clock.now()
    if (approval.requester !== said.person.id) throw new SalvorError('emergency_own', { job })
    if (now.getTime() < Date.parse(emergencyAt)) throw new SalvorError('emergency_early', { job, at: emergencyAt })
    if (approval.decisions.length > 0) throw new SalvorError('emergency_answered', { job })
    if (reason.trim() === '') throw new SalvorError('emergency_reason', { job })
    if (of.factor !== 'checked') throw new SalvorError('approval_factor', { job })
    await needCard(tx, said, of, approval)
    needWhole(said, of, approval)
    const at = now.toISOString()
    const actor = said.person.id
    const mine = { person: actor, decision: 'approve' as const, reason, at, factor: 'totp' as const, emergency: true }
    await tx.addDecision(approval.id, mine)
    const code = shortCode(approval.digest)
    const data = { approval: approval.id, code, action: approval.subject.action, reason, told: listDeciders(approval) }
    await tx.append(view.job.incident, { type: 'approval_emergency', job, actor, data })
    await grant(deps, tx, view.job, approval, { at, actor })
    return null
  })
}
