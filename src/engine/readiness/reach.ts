import type { ReadinessFinding } from '../../domain/readiness.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { Plans } from '../../ports/plans.ts'
import type { StoreReader } from '../../ports/reader.ts'
import type { Tools } from '../../ports/tools.ts'
import type { LiveWorker } from '../../ports/workers.ts'
import { addressOf as findAddress } from '../address.ts'

/** What a look at the plan's readiness can reach from this process. */
export interface ReadinessReach {
  readonly plan: RecoveryPlan
  /** Null in a process that may not touch targets: then most cannot be told. */
  readonly tools: Tools | null
  readonly store: Pick<StoreReader, 'listSucceededJobs'>
  readonly policyFor: Plans['policyFor']
  /** Throws `plan_variable` for a variable that this process does not have. */
  expand(text: string): string
  resolvePath(path: string): string
  /** Ids of those who hold any of the roles. */
  peopleOf(roles: readonly string[]): Promise<readonly string[]>
  /** Throws when the group cannot be resolved. */
  membersOf(group: string): Promise<readonly string[]>
  /** Slack ids of a channel's members; null where that cannot be asked. */
  channelMembers(channel: string): Promise<readonly string[] | null>
  /** People who have asked for or approved a step of a restore before, by id. */
  practised(): Promise<ReadonlySet<string>>
  readonly workers: readonly LiveWorker[]
  readonly now: Date
  readonly signal: AbortSignal
}

/** A finding without its area, as probes make them. */
export type Seen = Omit<ReadinessFinding, 'area'>

/** Looks at one part of the plan. Never throws for what is wrong with the world: that is a finding. */
export type ReadinessProbe = (reach: ReadinessReach) => Promise<readonly Seen[]>

export const good = (subject: string, seen: string): Seen => ({ subject, state: 'good', seen, fix: '' })
export const warn = (subject: string, seen: string, fix: string): Seen => ({ subject, state: 'warning', seen, fix })
export const bad = (subject: string, seen: string, fix: string): Seen => ({ subject, state: 'bad', seen, fix })
export const untold = (subject: string, seen: string, fix: string): Seen => ({ subject, state: 'unknown', seen, fix })

/** What only a process that may touch targets can tell. */
export const cannotLook = (subject: string): Seen =>
  untold(subject, 'this process may not touch targets', 'Ask on a worker: salvor plan check.')

/** What an error of the catalogue says, or any other one, as something bad. */
export function badBy(subject: string, thrown: unknown): Seen {
  const { message, hint } = thrown as { message?: string; hint?: string }
  return bad(subject, message ?? String(thrown), hint ?? 'Look at what it says, and ask again.')
}

/** Where a system's database is; throws `plan_variable`. Sessions are named so that people know who looks. */
export function addressOf(reach: ReadinessReach, system: string): TargetAddress {
  return findAddress(reach, system, { step: 'plan-check', fence: 0 })
}

/** Databases of the plan by name. */
export function listDatabases(plan: RecoveryPlan) {
  return Object.entries(plan.systems).flatMap(([name, of]) => (of.kind === 'postgres' ? [{ name, of }] : []))
}

/** Services of the plan by name. */
export function listServices(plan: RecoveryPlan) {
  return Object.entries(plan.systems).flatMap(([name, of]) => (of.kind === 'service' ? [{ name, of }] : []))
}
