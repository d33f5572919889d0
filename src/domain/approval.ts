import type { Acceptance } from './acceptance.ts'
import type { ApprovalWarning } from './approval-warnings.ts'
import type { ApprovalWhy } from './approval-why.ts'
import type { LossByTable } from './content.ts'
import { digestOf } from './digest.ts'
import { type JsonObject, writeStorableJson } from './json.ts'
import type { Loss } from './loss.ts'

export const approvalStates = ['asked', 'granted', 'used', 'rejected', 'expired', 'superseded'] as const

export type ApprovalState = (typeof approvalStates)[number]

/** The legal moves of an approval; the four on the right are final. */
export const approvalMoves: Record<ApprovalState, readonly ApprovalState[]> = {
  asked: ['granted', 'rejected', 'expired', 'superseded'],
  granted: ['used', 'expired', 'superseded'],
  used: [],
  rejected: [],
  expired: [],
  superseded: [],
}

export function mayMoveApproval(from: ApprovalState, to: ApprovalState): boolean {
  return approvalMoves[from].includes(to)
}

/** What an approver is shown, all of it bound by the digest: nothing in here may differ between two looks at the same thing. */
export interface ApprovalSubject {
  /** Findings over which people went on, which come with what is approved: the very first lines of the card. */
  readonly accepted?: readonly Acceptance[]
  /** What must be read before all else; the first lines of the card. */
  readonly warnings?: readonly ApprovalWarning[]
  /** `the switch of orders-db`: read as «Approve … ?». */
  readonly action: string
  /** The button's words after Approve: `switch`. */
  readonly verb: string
  readonly target: string
  /** What is brought back, where that is a thing with a name: a backup and its time. */
  readonly from?: string
  readonly proven: string
  readonly unproven: string
  /** What will be lost, in one sentence; `nothing` is a sentence as well. */
  readonly lost: string
  /** What comes back that is not there now, where something does: it is no loss, and stands apart from it. */
  readonly returns?: string
  /** The exact commands or SQL, one a line, secrets by name. */
  readonly does: readonly string[]
  /** Set where the commands are Salvor's own and none is the plan's: the card may show their beginning alone. */
  readonly ownCommands?: true
  /** The way back. */
  readonly back: string
  /** Longer evidence for the Details view. */
  readonly details: readonly string[]
  readonly ceiling: LossByTable
  /** The loss as facts, where a database is switched away. */
  readonly loss?: Loss
  readonly binds: JsonObject
}

/** One person's decision. */
export interface Decision {
  readonly person: string
  readonly decision: 'approve' | 'reject'
  readonly reason: string | null
  readonly at: string
  /** The second factor that it was made with. */
  readonly factor?: 'totp' | null
  /** Made alone by whoever asked, because nobody answered. */
  readonly emergency?: boolean
}

/** Who decided what about which digest, and when. Times are ISO 8601 in UTC. */
export interface Approval {
  readonly id: string
  readonly incident: number
  readonly job: string
  readonly step: string
  readonly attempt: number
  readonly digest: string
  readonly subject: ApprovalSubject
  readonly state: ApprovalState
  readonly requester: string
  /** Role names that may decide, and how many people are needed. */
  readonly from: readonly string[]
  readonly count: number
  readonly notRequester: boolean
  readonly askedAt: string
  readonly approveBy: string
  /** Milliseconds after the grant within which the step must start. */
  readonly runWithinMs: number
  readonly grantedAt: string | null
  /** Set when granted: the step must have started by then. */
  readonly runBy: string | null
  readonly decisions: readonly Decision[]
  /** Set where only decisions with a one-time code count. */
  readonly secondFactor: 'totp' | null
  /** When those who may decide are reminded; `remindedAt` once they were. */
  readonly remindAt: string | null
  readonly remindedAt: string | null
  /** Roles that may decide as well once `escalatedAt` is set, which happens after `escalateAt`. */
  readonly escalateTo: readonly string[]
  readonly escalateAt: string | null
  readonly escalatedAt: string | null
  /** The id of the page that woke somebody, when it was taken, and who outside said that they are awake, and when. */
  readonly page?: string | null
  readonly pagedAt?: string | null
  readonly acknowledgedBy?: string | null
  readonly acknowledgedAt?: string | null
  /** Roles in which whoever asked may go on alone after `emergencyAt`; null where that is not possible. */
  readonly emergencyFrom: readonly string[]
  readonly emergencyAt: string | null
  /** People who went on over a finding of the job: they have decided already, and do not count again. */
  readonly accepters: readonly string[]
  /** What changed since the card before this one, or why this one ended. */
  readonly why: readonly ApprovalWhy[] | null
}

/** Roles whose people may decide now: those that were asked, and those that were turned to since. */
export function listDeciders(approval: Pick<Approval, 'from' | 'escalateTo' | 'escalatedAt'>): string[] {
  return [...new Set([...approval.from, ...(approval.escalatedAt === null ? [] : approval.escalateTo)])]
}

/** May not decide, whatever roles they hold: whoever asked, where the policy says so, and who went on over a finding. */
export function isBarred(
  { notRequester, requester, accepters }: Pick<Approval, 'notRequester' | 'requester' | 'accepters'>,
  person: string,
): boolean {
  return (notRequester && person === requester) || accepters.includes(person)
}

/** Whoever asked went on alone, as the plan allows once nobody answered: with a reason and a second factor. */
export function isEmergency({ decisions, requester, emergencyAt, accepters }: Approval): boolean {
  const [only, ...others] = decisions
  if (only?.emergency !== true || others.length > 0 || emergencyAt === null || accepters.length > 0) return false
  const proven = only.factor === 'totp' && (only.reason ?? '').trim() !== ''
  return (
    proven && only.decision === 'approve' && only.person === requester && Date.parse(only.at) >= Date.parse(emergencyAt)
  )
}

/**
 * Enough different people have approved: the requester not counted where the policy says so, nor those without the
 * second factor where one is wanted. Read from decisions, not from the state.
 */
export function hasQuorum(approval: Approval): boolean {
  const { secondFactor } = approval
  if (isEmergency(approval)) return true
  const people = new Set(
    approval.decisions
      .filter((one) => one.decision === 'approve' && !one.emergency && !isBarred(approval, one.person))
      .filter((one) => secondFactor === null || one.factor === secondFactor)
      .map((one) => one.person),
  )
  return people.size >= approval.count && !approval.decisions.some((one) => one.decision === 'reject')
}

/**
 * The digest of an approval: SHA-256 over everything that was shown, rule 3 of the design. Nothing of the subject is left
 * out: a card with other words about the same commands is another card.
 */
export function digestApproval(of: {
  readonly job: string
  readonly step: string
  readonly attempt: number
  readonly planDigest: string
  readonly subject: ApprovalSubject
}): string {
  const { job, step, attempt, planDigest: plan } = of
  // As the store will hold it, so that whoever reads the row can see that its digest is of it.
  const shown = JSON.parse(writeStorableJson(of.subject)) as JsonObject
  return digestOf({ job, step, attempt, plan, shown })
}

/** Is the digest of an approval that of what it shows? Else somebody wrote one of the two. */
export function isOfItsDigest(approval: Approval, job: { readonly id: string; readonly planDigest: string }): boolean {
  const { subject, attempt } = approval
  const step = approval.step.slice(job.id.length + 1)
  return digestApproval({ job: job.id, step, attempt, planDigest: job.planDigest, subject }) === approval.digest
}
