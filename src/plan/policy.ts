import { durationMs, type RecoveryPlan } from '../domain/recovery-plan.ts'
import { type Risk, risks } from '../domain/risk.ts'
import { listOwners, type Scope, suiteOf, suiteScope } from '../domain/scope.ts'
import type { KeptPolicy, Policy } from '../ports/plans.ts'

/**
 * Who must approve a step of a risk on a system, after defaults. What the system itself says for that risk counts
 * instead of what the plan says for all. Without `from` the system's owner role decides.
 */
export function policyFor(plan: RecoveryPlan, system: Scope, risk: Risk): Policy {
  const suite = suiteOf(system)
  if (suite !== undefined) return signOffPolicy(plan, suite, risk)
  const own = system !== null && Object.hasOwn(plan.systems, system) ? plan.systems[system]?.approvals : undefined
  const written = risk === 'read' ? undefined : (own?.[risk] ?? plan.approvals[risk])
  const emergency = risk === 'destructive' ? (own?.emergency ?? plan.approvals.emergency) : undefined
  const asksNobody = risk === 'read' || (risk === 'reversible' && written === undefined)
  const from = written?.from ?? []
  return {
    from: from.length > 0 ? from : listOwners(plan, system),
    count: asksNobody ? 0 : (written?.count ?? 1),
    notRequester: written?.notRequester ?? true,
    approveWithinMs: durationMs(written?.approveWithin ?? '30m'),
    runWithinMs: durationMs(written?.runWithin ?? '15m'),
    escalateTo: written?.escalateTo ?? [],
    escalateAfterMs: written?.escalateAfter === undefined ? null : durationMs(written.escalateAfter),
    secondFactor: written?.secondFactor ?? null,
    emergencyFrom: emergency?.from ?? [],
    emergencyAfterMs: emergency === undefined ? null : durationMs(emergency.after),
  }
}

/** The sign-off of a suite is the one thing about it that people approve; its roles have a working day for it. */
function signOffPolicy(plan: RecoveryPlan, suite: string, risk: Risk): Policy {
  const { signOff, secondFactor } = (Object.hasOwn(plan.uat, suite) ? plan.uat[suite] : undefined) ?? { signOff: [] }
  return {
    ...{ from: signOff, count: risk === 'reversible' && signOff.length > 0 ? 1 : 0, notRequester: true },
    ...{ approveWithinMs: durationMs('8h'), runWithinMs: durationMs('15m'), escalateTo: [], escalateAfterMs: null },
    ...{ secondFactor: secondFactor ?? null, emergencyFrom: [], emergencyAfterMs: null },
  }
}

/** Every policy of a plan: of each system, and of what belongs to none, for each risk. */
export function listPolicies(plan: RecoveryPlan): KeptPolicy[] {
  return [null, ...Object.keys(plan.systems), ...Object.keys(plan.uat).map(suiteScope)].flatMap((system) =>
    risks.map((risk) => ({ system, risk, ...policyFor(plan, system, risk) })),
  )
}
