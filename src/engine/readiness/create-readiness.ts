import type { ReadinessFinding } from '../../domain/readiness.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PeopleLookup, Plans, RoleBook } from '../../ports/plans.ts'
import type { StoreReader } from '../../ports/reader.ts'
import type { Tools } from '../../ports/tools.ts'
import type { WorkerBook } from '../../ports/workers.ts'
import { checkReadiness } from './check-readiness.ts'

/** A look at everything takes seconds; what has not answered by then will not answer on the night either. */
const patienceMs = 60_000

/** Looks whether everything that a plan will need is there, from this process. Changes nothing. */
export type LookWhetherReady = (plan: RecoveryPlan) => Promise<readonly ReadinessFinding[]>

/** Joins what this process can reach. A worker that was not seen for a minute is not there. */
export function createReadiness(of: {
  readonly plans: Plans
  readonly roles: RoleBook
  readonly people: PeopleLookup
  readonly store: StoreReader
  readonly workers: WorkerBook
  readonly tools: Tools | null
  readonly expand: (text: string) => string
  readonly resolvePath: (path: string) => string
  readonly clock: Clock
}): LookWhetherReady {
  return async (plan) =>
    checkReadiness({
      plan,
      tools: of.tools,
      store: of.store,
      policyFor: of.plans.policyFor,
      expand: of.expand,
      resolvePath: of.resolvePath,
      peopleOf: (roles) => of.roles.peopleOf(roles),
      membersOf: (group) => of.people.membersOf(group),
      channelMembers: (channel) => of.people.channelMembers(channel),
      practised: async () => new Set(await of.store.listPractised()),
      workers: await of.workers.list(),
      now: of.clock.now(),
      signal: AbortSignal.timeout(patienceMs),
    })
}
