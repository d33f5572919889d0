import type { RecoveryPlan } from '../../../src/domain/recovery-plan.ts'
import { readHome } from '../../../src/engine/say/read-home.ts'
import { createRoleBook } from '../../../src/plan/role-book.ts'
import type { ReadHome } from '../../../src/slack/home.ts'
import { fakePlan, fakePlans } from '../../support/fakes/plan.ts'
import { startTalk } from '../../support/fakes/say.ts'
import type { World } from './world.ts'

/** The sandbox's people as this Slack has them; dana is a DBA by her user group alone. */
export function homePlan(changes: Record<string, unknown> = {}): RecoveryPlan {
  return fakePlan({
    people: { alice: { slack: 'U0ALICE' }, bob: { slack: 'U0BOB' } },
    roles: { dba: { users: ['alice', 'bob'], groups: ['S0DBAS'] }, sysadmin: { users: ['alice'] } },
    ...changes,
  })
}

/** Reads Homes of a world as the bot does, by the plan that is in force at that moment. */
export function readHomesOf(
  world: () => World,
  plan: () => RecoveryPlan,
  groups: (group: string) => Promise<string[]> = async () => ['U0DANA'],
): ReadHome {
  const plans = { ...fakePlans(plan()), inForce: async () => plan() }
  return (person, seesChannel) => {
    const { deps } = startTalk({ plan: plan() })
    const roles = createRoleBook({ plans, groups })
    const clock = { now: () => new Date() }
    return readHome({ ...deps, plans, roles, clock, store: world().reader }, person, seesChannel)
  }
}
