import { SalvorError } from '../domain/errors/fail.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import type { KeptPlan, PlanShelf, Plans } from '../ports/plans.ts'
import { parsePlan } from './parse-plan.ts'
import { policyFor } from './policy.ts'

/** Milliseconds for which the plan in force is taken as read: a click costs no parse, a change counts at once for people. */
const freshForMs = 500

/** Plans out of the store's shelf, parsed once each. */
export function createPlanBook(shelf: PlanShelf, now: () => number = () => performance.now()): Plans {
  const parsed = new Map<string, RecoveryPlan>()
  let newest: { plan: RecoveryPlan; at: number } | undefined
  const parse = (kept: KeptPlan): RecoveryPlan => {
    const known = parsed.get(kept.digest)
    if (known) return known
    const plan = parsePlan(kept)
    parsed.set(kept.digest, plan)
    return plan
  }
  return {
    async inForce() {
      if (newest && now() - newest.at < freshForMs) return newest.plan
      const kept = await shelf.inForce()
      if (!kept) throw new SalvorError('plan_missing', { path: 'the store' })
      newest = { plan: parse(kept), at: now() }
      return newest.plan
    },
    async byDigest(digest) {
      const known = parsed.get(digest)
      if (known) return known
      const kept = await shelf.find(digest)
      if (!kept) throw new SalvorError('plan_missing', { path: `the store (${digest.slice(0, 8)})` })
      return parse(kept)
    },
    policyFor,
  }
}
