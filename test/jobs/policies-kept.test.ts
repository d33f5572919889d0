import { expect, test } from 'vitest'
import { jobRegister } from '../../jobs/index.ts'
import type { Risk } from '../../src/domain/risk.ts'
import { findNeed } from '../../src/engine/approval-need.ts'
import { policyFor } from '../../src/plan/policy.ts'
import { fakePlan } from '../support/fakes/plan.ts'

const systems = (approvals: object) => ({
  db: { kind: 'postgres', owner: 'dba', url: 'postgres://localhost/db', approvals },
  api: { kind: 'service', owner: 'sysadmin', unit: 'api.service', approvals },
})
const policies = {
  reversible: { from: ['dba'], count: 2, approveWithin: '7m', notRequester: false },
  destructive: { from: ['sysadmin'], count: 3, runWithin: '9m' },
}
const uat = { entry: { testers: ['dba'], signOff: ['sysadmin'], secondFactor: 'totp', cases: ['Place an order'] } }
/** Enough for every kind to say which system it is about. */
const params = {
  ...{
    system: 'db',
    service: 'api',
    suite: 'entry',
    log: 'migration',
    migration: 'orders',
    remedy: 'widen',
    job: 'restore-1',
  },
}

/** Every step of every kind that has an effect, with what the plan wants of it. */
function listNeeds(plan: ReturnType<typeof fakePlan>) {
  return jobRegister.list().flatMap((kind) =>
    kind.steps
      .filter(({ risk }) => risk !== 'read')
      .map(({ name, risk, partOf }) => {
        const system = kind.name === 'uat' ? 'uat' : 'system'
        const of = findNeed({ plans: { policyFor }, kind, plan }, params as never, name)
        return { step: `${kind.name}/${name}`, kind, risk, partOf, system, ...of }
      }),
  )
}

test.each([
  ['of the plan', fakePlan({ systems: systems({}), uat, approvals: policies })],
  ['of the system alone', fakePlan({ systems: systems(policies), uat })],
])('a policy %s is kept by every step of every kind that has an effect, the newest too', (_whose, plan) => {
  const needs = listNeeds(plan).filter(({ system }) => system === 'system')
  expect(new Set(needs.map(({ risk }) => risk))).toEqual(new Set<Risk>(['reversible', 'destructive']))
  for (const { step, kind, risk, partOf, need, policy } of needs) {
    const said =
      risk === 'destructive'
        ? { from: ['sysadmin'], count: 3, runWithinMs: 540_000 }
        : { from: ['dba'], count: 2, approveWithinMs: 420_000, notRequester: false }
    expect(policy, step).toMatchObject(said)
    // What belongs to an approved step runs under that one's approval, and that one is asked for on its own.
    if (partOf === undefined) expect(need, step).toBe(risk === 'destructive' ? 'own' : 'shared')
    else expect(kind.steps.find(({ name }) => name === partOf)?.risk, step).toBe('destructive')
  }
})

test('a sign-off keeps what its suite says, whatever the plan says of other steps', () => {
  const plan = fakePlan({ systems: systems({}), uat, approvals: { reversible: { count: 1, from: ['dba'] } } })
  const [signOff] = listNeeds(plan).filter(({ system }) => system === 'uat')
  expect(signOff).toMatchObject({
    ...{ step: 'uat/sign-off', need: 'own' },
    policy: { from: ['sysadmin'], count: 1, notRequester: true, secondFactor: 'totp' },
  })
})
