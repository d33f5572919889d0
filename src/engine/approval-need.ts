import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import type { Plans, Policy } from '../ports/plans.ts'
import type { AnyJobKind } from './define-job.ts'
import type { StepDefinition } from './define-step.ts'

/**
 * `own`: the step has a card of its own. `shared`: it is one of the reversible steps of its job, which are approved
 * together before the first of them.
 */
export interface ApprovalNeed {
  readonly need: 'none' | 'own' | 'shared'
  readonly policy: Policy
  /** The card is asked for before this step; of those that share one, before the first. */
  readonly asksHere: boolean
}

type Asking = { readonly plans: Pick<Plans, 'policyFor'>; readonly kind: AnyJobKind; readonly plan: RecoveryPlan }

/** What a step needs by register and plan alone. */
export function findNeed(of: Asking, params: never, name: string): ApprovalNeed {
  const { kind, plan } = of
  const definition = kind.steps.find((one) => one.name === name)
  if (!definition) throw new Error(`the kind ${kind.name} has no step ${name}`)
  const policy = of.plans.policyFor(plan, kind.system(params), definition.risk)
  if (policy.count === 0) return { need: 'none', policy, asksHere: false }
  if (definition.evidence !== undefined) return { need: 'own', policy, asksHere: true }
  if (!isShared(definition)) return { need: 'none', policy, asksHere: false }
  return { need: 'shared', policy, asksHere: listShared(kind, params, plan)[0] === name }
}

/** Names of the reversible steps of a job that are approved together, in their order. */
export function listShared(kind: AnyJobKind, params: never, plan: RecoveryPlan): string[] {
  return kind.plan(params, plan).filter((name) => {
    const definition = kind.steps.find((one) => one.name === name)
    return definition !== undefined && isShared(definition)
  })
}

function isShared({ risk, partOf, evidence }: StepDefinition<never>): boolean {
  return risk === 'reversible' && partOf === undefined && evidence === undefined
}
