import { afterEach, describe, expect, it } from 'vitest'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { Utterance } from '../../src/domain/person.ts'
import { type RecoveryPlan, recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { createRoleBook } from '../../src/plan/role-book.ts'
import type { Policy } from '../../src/ports/plans.ts'
import { createStore } from '../../src/postgres/store.ts'
import { createEngineWorld, type EngineWorld, pressing } from '../support/engine-world.ts'
import { type Identity, identifyPerson } from '../support/identify-person.ts'
import { ageApprovals } from '../support/past-guards.ts'

let world: EngineWorld
/** The plan in force; jobs stay pinned to the one that they began with. */
let inForce: RecoveryPlan
let groups: (group: string) => Promise<string[]>
afterEach(() => world.close())

const planOf = (of: { people?: object; dba?: object }): RecoveryPlan => ({
  ...recoveryPlanSchema.parse({
    ...{ version: 1, title: 'A plan for tests', people: of.people ?? {} },
    roles: { dba: of.dba ?? { users: ['U0ALICE', 'U0BOB', 'U0DANA'] }, sysadmin: { users: ['U0CAROL'] } },
    systems: { demo: { kind: 'service', owner: 'dba', restart: ['true'] } },
  }),
  ...{ digest: 'd'.repeat(64), folder: '/' },
})

/** An engine that looks rights up as the product does, and a job of Alice's that waits for an approval. */
async function ask(of: { plan?: RecoveryPlan; policy?: Partial<Policy>; as?: Identity } = {}) {
  const pinned = of.plan ?? planOf({})
  inForce = pinned
  groups = async () => []
  world = await createEngineWorld({ plan: pinned, ...(of.policy ? { policy: of.policy } : {}) })
  const plans = { ...world.deps.plans, inForce: async () => inForce, byDigest: async () => pinned }
  const roles = createRoleBook({ plans, groups: (group) => groups(group) })
  const engine = createEngine({ ...world.deps, store: createStore(world.pool), plans, roles })
  const said = (by: Identity): Utterance => ({
    ...world.say('somebody'),
    person: identifyPerson(inForce, by),
  })
  const demo = { incident: 1, kind: 'demo', params: { target: 'orders' }, words: 'demo orders' }
  const { id: job } = await engine.requestJob(said(of.as ?? { slack: 'U0ALICE' }), demo)
  await world.settle()
  const approve = (by: Identity) => pressing(engine, world.deps).approve(said(by), { job })
  const approval = async () => (await world.view(job)).approvals[0]
  return { job, approve, approval }
}

const bob = { slack: 'U0BOB' }
const dana = { slack: 'U0DANA' }

describe('a click at a bad moment', () => {
  it('of somebody who was taken out of the role meanwhile counts for nothing', async () => {
    const { approve, approval } = await ask()
    inForce = planOf({ dba: { users: ['U0ALICE', 'U0DANA'] } })
    await expect(approve(bob)).rejects.toMatchObject({ code: 'approval_role' })
    expect(await approval()).toMatchObject({ state: 'asked', decisions: [] })
    await approve(dana)
  })

  it('of somebody who was taken out of the user group meanwhile counts for nothing', async () => {
    const { approve, approval } = await ask({ plan: planOf({ dba: { users: ['U0ALICE'], groups: ['S0DBAS'] } }) })
    groups = async () => ['U0DANA']
    await expect(approve(bob)).rejects.toMatchObject({ code: 'approval_role' })
    expect(await approval()).toMatchObject({ decisions: [] })
    await approve(dana)
  })

  it('of two people at once has one effect', async () => {
    const { job, approve, approval } = await ask()
    const outcomes = await Promise.allSettled([approve(bob), approve(dana)])
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(refused).toEqual(['approval_ended'])
    await world.settle()
    expect(world.script.calls.switch).toBe(1)
    expect((await approval())?.decisions).toHaveLength(1)
    expect(await world.stateOf(job)).toMatchObject({ job: 'succeeded' })
  })

  it('of two people at once is two of two', async () => {
    const { approve, approval } = await ask({ policy: { count: 2 } })
    await Promise.all([approve(bob), approve(dana)])
    expect(await approval()).toMatchObject({ state: 'granted' })
    expect((await world.eventTypes()).filter((type) => type === 'approval_granted')).toHaveLength(1)
  })

  it('after the time is over counts for nothing, before and after the card says so', async () => {
    const { approve, approval } = await ask()
    await ageApprovals(world.database.url, 3600)
    await expect(approve(bob)).rejects.toMatchObject({ code: 'approval_late' })
    await doWhatIsDue(world.deps)
    await expect(approve(bob)).rejects.toMatchObject({ code: 'approval_ended' })
    expect(await approval()).toMatchObject({ state: 'expired', decisions: [] })
  })

  it('while Slack cannot name the group counts for nothing, but for those whom the plan names itself', async () => {
    const plan = planOf({ dba: { users: ['U0ALICE', 'U0BOB'], groups: ['S0DBAS'] } })
    const { approve, approval } = await ask({ plan })
    groups = async () => {
      throw new SalvorError('slack_unreachable')
    }
    await expect(approve(dana)).rejects.toMatchObject({ code: 'slack_unreachable' })
    expect(await approval()).toMatchObject({ decisions: [] })
    await approve(bob)
  })

  it('is not refused for a group of another role that Slack cannot name', async () => {
    const { approve, approval } = await ask({ policy: { from: ['sysadmin', 'dba'] } })
    inForce = { ...inForce, roles: { ...inForce.roles, sysadmin: { users: [], groups: ['S0OPS'] } } }
    groups = () => Promise.reject(new SalvorError('slack_unreachable'))
    await approve(bob)
    expect(await approval()).toMatchObject({ state: 'granted' })
  })
})

describe('a second identity', () => {
  const named = { alice: { slack: 'U0ALICE', os: 'al' } }
  const roles = { users: ['alice', 'U0BOB', 'U0DANA'] }

  it.each([
    ['the account of a machine', planOf({ people: named, dba: roles }), undefined, { slack: 'U0ALICE' }, { os: 'al' }],
    ['Slack', planOf({ people: named, dba: roles }), undefined, { os: 'al' }, { slack: 'U0ALICE' }],
    [
      'a name that the plan got meanwhile',
      planOf({}),
      planOf({ people: named, dba: roles }),
      { slack: 'U0ALICE' },
      { slack: 'U0ALICE' },
    ],
    [
      'a name that the plan lost meanwhile',
      planOf({ people: named, dba: roles }),
      planOf({}),
      { slack: 'U0ALICE' },
      { slack: 'U0ALICE' },
    ],
    [
      'another name that the plan got meanwhile',
      planOf({ people: named, dba: roles }),
      planOf({ people: { al: { slack: 'U0ALICE', os: 'al' } }, dba: { users: ['al'] } }),
      { slack: 'U0ALICE' },
      { os: 'al' },
    ],
  ])('does not help to approve what one asked for: %s', async (_, plan, later, asks, approves) => {
    const { approve, approval } = await ask({ plan, as: asks })
    inForce = later ?? plan
    await expect(approve(approves)).rejects.toMatchObject({ code: 'approval_own' })
    expect(await approval()).toMatchObject({ decisions: [] })
  })

  it('is no second person where two are needed', async () => {
    const { approve, approval } = await ask({ policy: { count: 2 } })
    await approve(bob)
    inForce = planOf({ people: { bob: { slack: 'U0BOB' } }, dba: { users: ['bob', 'U0DANA'] } })
    await expect(approve(bob)).rejects.toMatchObject({ code: 'approval_ended' })
    expect(await approval()).toMatchObject({ state: 'asked' })
    await approve(dana)
    expect(await approval()).toMatchObject({ state: 'granted' })
  })
})
