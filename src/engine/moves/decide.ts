import { type Approval, isBarred, listDeciders, mayMoveApproval } from '../../domain/approval.ts'
import { shortCode } from '../../domain/digest.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Utterance } from '../../domain/person.ts'
import { markPerson } from '../../domain/text.ts'
import type { JobView } from '../../domain/view.ts'
import type { Policy } from '../../ports/plans.ts'
import type { EngineDeps } from '../deps.ts'
import { holdsAny } from '../hold-role.ts'
import { listLeftBehind } from '../list-left-behind.ts'
import { type MoveTx, makeMove } from '../once.ts'
import { checkApprovalRow } from '../work/check-rows.ts'
import { type Chosen, chooseApproval, needCard, needWhole, refuseWrongCode } from './choose-card.ts'
import { isSamePerson } from './same-person.ts'

/**
 * Approves what was shown. Checked at this moment, in this order: the card is the one that waits, its time is not
 * over, the person holds a role of the plan in force, is not the requester, and has shown a one-time code where the
 * approval wants one (`factor`: whoever calls this has checked it). The quorum is counted by the store.
 */
export async function approve(
  deps: EngineDeps,
  said: Utterance,
  of: Chosen & { readonly factor?: 'checked' },
): Promise<void> {
  const entitled = await checkRights(deps, said, of)
  await makeMove(deps, said, async (tx) => {
    const { view, approval } = await findDecidable(deps, tx, said, of, entitled)
    const at = deps.clock.now().toISOString()
    // The fifth click of the same person: the first one counted, there is nothing more to do or to complain about.
    if (approval === null) return null
    await needCard(tx, said, of, approval)
    needWhole(said, of, approval)
    if (approval.secondFactor !== null && of.factor !== 'checked') {
      throw new SalvorError('approval_factor', { job: of.job })
    }
    const factor = of.factor === 'checked' ? ('totp' as const) : null
    const mine = { person: said.person.id, decision: 'approve' as const, reason: null, at, factor }
    const added = await tx.addDecision(approval.id, mine)
    if (!added) return null
    const code = shortCode(approval.digest)
    const decided = { approval: approval.id, decision: 'approve' as const, reason: null, code }
    const actor = said.person.id
    await tx.append(view.job.incident, {
      type: 'approval_decided',
      job: view.job.id,
      actor,
      data: decided,
    })
    const agreed = approval.decisions.filter((decision) => decision.decision === 'approve').length + 1
    if (agreed >= approval.count) await grant(deps, tx, view.job, approval, { at, actor })
    return null
  })
}

/** It has all that it needs: the job goes on, and has to begin the step in time. */
export async function grant(
  deps: EngineDeps,
  tx: MoveTx,
  { id: job, incident, worker }: JobView['job'],
  approval: Approval,
  { at, actor }: { readonly at: string; readonly actor: string },
): Promise<void> {
  const runBy = new Date(deps.clock.now().getTime() + approval.runWithinMs).toISOString()
  await tx.updateApproval(approval.id, { state: 'granted', grantedAt: at, runBy })
  await tx.updateJob(job, { state: 'running', waitingFor: null })
  const data = { approval: approval.id, code: shortCode(approval.digest), runBy }
  const eventNo = await tx.append(incident, { type: 'approval_granted', job, actor, data })
  tx.wakeLater({ job, eventNo, worker })
}

/** One rejection with a reason ends the job; what it made stays until somebody has it put away. */
export async function reject(
  deps: EngineDeps,
  said: Utterance,
  of: Chosen & { readonly reason: string },
): Promise<void> {
  if (of.reason.trim() === '') throw new SalvorError('approval_reason', { job: of.job })
  const entitled = await checkRights(deps, said, of)
  await makeMove(deps, said, async (tx) => {
    const { view, approval } = await findDecidable(deps, tx, said, of, entitled)
    if (approval === null) throw new SalvorError('approval_ended', { state: 'approved by you' })
    await needCard(tx, said, of, approval)
    const at = deps.clock.now().toISOString()
    const by = said.person.id
    const added = await tx.addDecision(approval.id, { person: by, decision: 'reject', reason: of.reason, at })
    if (!added) throw new SalvorError('approval_ended', { state: 'decided by you' })
    const code = shortCode(approval.digest)
    await tx.updateApproval(approval.id, { state: 'rejected' })
    await tx.updateJob(view.job.id, {
      state: 'rejected',
      waitingFor: null,
      finishedAt: at,
      leftBehind: listLeftBehind(view),
    })
    const decided = { approval: approval.id, decision: 'reject' as const, reason: of.reason, code }
    await tx.append(view.job.incident, { type: 'approval_decided', job: view.job.id, actor: by, data: decided })
    const rejected = { by, reason: of.reason }
    await tx.append(view.job.incident, { type: 'job_rejected', job: view.job.id, actor: by, data: rejected })
    if (view.job.lockTarget !== null && (await tx.releaseLock(view.job.lockTarget, view.job.id))) {
      const data = { target: view.job.lockTarget, by, ended: 'rejected' as const }
      await tx.append(view.job.incident, { type: 'lock_released', job: view.job.id, actor: by, data })
    }
    return null
  })
}

/** The approval that a right was checked for, and the least that the job's plan wants of it. */
export interface Entitled {
  readonly id: string
  readonly policy: Policy
}

/** The policy of the step that an approval is about, by the plan that its job is pinned to. */
export async function findPolicy(deps: EngineDeps, { job, steps }: JobView, approval: Approval): Promise<Policy> {
  const kind = deps.jobs.find(job.kind)
  const name = steps.find(({ id }) => id === approval.step)?.name
  const definition = kind?.steps.find((one) => one.name === name)
  if (!kind || !definition) throw new Error(`this program has no step ${approval.step}`)
  const plan = await deps.plans.byDigest(job.planDigest)
  return deps.plans.policyFor(plan, kind.system(kind.params.parse(job.params) as never), definition.risk)
}

/** The card that is meant, locked; null where this person's approval of it has counted already. */
export async function findDecidable(
  deps: EngineDeps,
  tx: MoveTx,
  said: Utterance,
  of: Chosen,
  entitled: Entitled,
): Promise<{ view: JobView; approval: Approval | null }> {
  const view = await tx.lockJob(of.job)
  if (!view) throw new SalvorError('job_unknown', { job: of.job })
  const approval = chooseApproval(view, of)
  if (hasApproved(approval, said.person.id)) return { view, approval: null }
  if (!mayMoveApproval(approval.state, 'granted')) throw new SalvorError('approval_ended', { state: approval.state })
  if (Date.parse(approval.approveBy) < deps.clock.now().getTime()) {
    throw new SalvorError('approval_late', { job: of.job, by: approval.approveBy })
  }
  // Between the look at the rights and this lock a newer card may have come, with other people who may decide.
  if (approval.id !== entitled.id) throw new SalvorError('approval_stale')
  // A card that asks for less than the plan was written by somebody who may not decide that.
  checkApprovalRow(approval, entitled.policy, view.job)
  return { view, approval }
}

/** This person's approval of this card has counted already, and nothing took it back since. */
function hasApproved(approval: Approval, person: string): boolean {
  const mine = approval.decisions.some((one) => one.person === person && one.decision === 'approve')
  return mine && (approval.state === 'granted' || approval.state === 'used')
}

/**
 * Does this person hold the right at this moment? Asked before any row is locked, because a user group may have to
 * be looked up in Slack. Only whoever holds it can have typed a wrong code, which is counted.
 */
async function checkRights(deps: EngineDeps, said: Utterance, of: Chosen): Promise<Entitled> {
  const view = await deps.store.viewJob(of.job)
  if (!view) throw new SalvorError('job_unknown', { job: of.job })
  const approval = chooseApproval(view, of)
  const roles = listDeciders(approval)
  const people = await deps.roles.peopleOf(roles)
  const plans = await Promise.all([deps.plans.inForce(), deps.plans.byDigest(view.job.planDigest)])
  const able = people.filter((person) => !isBarred(approval, person))
  const others = able.length > 0 ? able.map(markPerson).join(' or ') : `Somebody with the role ${roles.join(' or ')}`
  if (!(await holdsAny(deps.roles, said.person, roles)))
    throw new SalvorError('approval_role', { job: view.job.id, others })
  if (approval.notRequester && isSamePerson(said.person, approval.requester, plans)) {
    throw new SalvorError('approval_own', { job: view.job.id, others })
  }
  if (approval.accepters.some((one) => isSamePerson(said.person, one, plans))) {
    throw new SalvorError('approval_accepted', { job: view.job.id, others })
  }
  // Whoever has decided under another name has decided: two names are not two people.
  const other = approval.decisions.find(
    (one) => one.person !== said.person.id && isSamePerson(said.person, one.person, plans),
  )
  if (other) throw new SalvorError('approval_ended', { state: `decided by you, as ${other.person}` })
  await refuseWrongCode(deps, said, of, approval)
  return { id: approval.id, policy: await findPolicy(deps, view, approval) }
}
