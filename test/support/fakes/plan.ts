import { durationMs, type RecoveryPlan, recoveryPlanSchema } from '../../../src/domain/recovery-plan.ts'
import type { Plans, RoleBook } from '../../../src/ports/plans.ts'

/** A small plan of the sandbox's people: alice and bob are DBAs, dana too, carol keeps the service. */
export function fakePlan(changes: Record<string, unknown> = {}): RecoveryPlan {
  const text = recoveryPlanSchema.parse({
    version: 1,
    title: 'Orders migration',
    timezone: 'Asia/Seoul',
    roles: {
      dba: { users: ['alice', 'bob', 'dana'] },
      sysadmin: { users: ['carol'] },
    },
    approvals: { destructive: { from: ['dba'] } },
    systems: {
      'orders-db': {
        kind: 'postgres',
        owner: 'dba',
        url: 'postgres://localhost/orders',
        backups: [{ kind: 'pg_dump', path: 'backups/orders' }],
      },
      'orders-api': { kind: 'service', owner: 'sysadmin', unit: 'orders-api.service' },
    },
    ...changes,
  })
  return { ...text, digest: 'a'.repeat(64), folder: '/plan' }
}

/** Always this plan; policy by its own approvals. */
export function fakePlans(plan: RecoveryPlan): Plans {
  return {
    inForce: async () => plan,
    byDigest: async () => plan,
    policyFor: (of, _system, risk) => {
      const policy = risk === 'destructive' ? of.approvals.destructive : of.approvals.reversible
      return {
        from: policy?.from ?? [],
        count: policy?.count ?? 0,
        notRequester: policy?.notRequester ?? true,
        approveWithinMs: durationMs(policy?.approveWithin ?? '30m'),
        runWithinMs: durationMs(policy?.runWithin ?? '15m'),
        escalateTo: policy?.escalateTo ?? [],
        escalateAfterMs: policy?.escalateAfter === undefined ? null : durationMs(policy.escalateAfter),
        secondFactor: policy?.secondFactor ?? null,
        ...{ emergencyFrom: [], emergencyAfterMs: null },
      }
    },
  }
}

/** Roles as the plan lists their users, by person id. */
export function fakeRoles(plan: RecoveryPlan): RoleBook {
  return {
    holds: async (person, role) => plan.roles[role]?.users.includes(person.id) ?? false,
    peopleOf: async (roles) => [...new Set(roles.flatMap((role) => plan.roles[role]?.users ?? []))],
  }
}
