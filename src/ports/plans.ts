import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import type { Risk } from '../domain/risk.ts'

/** Who must approve what, after defaults. Times in milliseconds. */
export interface Policy {
  readonly from: readonly string[]
  readonly count: number
  readonly notRequester: boolean
  readonly approveWithinMs: number
  readonly runWithinMs: number
  /** Roles that may approve too after `escalateAfterMs`; empty and null where the plan wants none. */
  readonly escalateTo: readonly string[]
  readonly escalateAfterMs: number | null
  /** Set where an approval needs a one-time code of its person. */
  readonly secondFactor: 'totp' | null
  /** Roles in which a requester may go on alone after `emergencyAfterMs`; empty and null where the plan wants none. */
  readonly emergencyFrom: readonly string[]
  readonly emergencyAfterMs: number | null
}

/** A policy with what it is for; the system is null for what belongs to none. */
export interface KeptPolicy extends Policy {
  readonly system: string | null
  readonly risk: Risk
}

export interface Plans {
  /** The plan in force: decides who may do and approve what. Throws `plan_missing` when there is none. */
  inForce(): Promise<RecoveryPlan>
  /** The plan that a job is pinned to. */
  byDigest(digest: string): Promise<RecoveryPlan>
  policyFor(plan: RecoveryPlan, system: string | null, risk: Risk): Policy
}

/** Who holds which role, at the moment of the question. Fails closed: throws when Slack cannot resolve a group. */
export interface RoleBook {
  holds(person: { readonly id: string; readonly slack: string | null }, role: string): Promise<boolean>
  /** Person ids of those who hold any of the roles, as far as they can be named, for «@bob can». */
  peopleOf(roles: readonly string[]): Promise<string[]>
}

/** Who is where, as Slack has it. */
export interface PeopleLookup {
  /** Members of a user group by Slack user id. Throws when Slack does not say. */
  membersOf(group: string): Promise<readonly string[]>
  /** Members of a channel by Slack user id; null in a process that cannot ask. Throws when Slack does not say. */
  channelMembers(channel: string): Promise<readonly string[] | null>
}

/** A plan as it is kept in the store: enough to rebuild it without its file. */
export interface KeptPlan {
  readonly digest: string
  readonly text: string
  readonly path: string
  readonly folder: string
  readonly fileHashes: { readonly [path: string]: string | null }
}

/** The plans that were ever in force, by digest. The newest put in force decides who may do and approve what. */
export interface PlanShelf {
  find(digest: string): Promise<KeptPlan | undefined>
  inForce(): Promise<KeptPlan | undefined>
  /** With its policies, from which the store takes what an approval asks for. */
  putInForce(plan: KeptPlan, policies: readonly KeptPolicy[]): Promise<void>
}
