import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import { listOwners, type Scope } from '../../domain/scope.ts'
import type { Right } from '../define-command.ts'

/** The owner role of one system; of every system when the command is about none in particular. Unknown: nobody. */
export function ownerOf(scope: Scope, plan: RecoveryPlan): Right {
  return { kind: 'roles', roles: listOwners(plan, scope) }
}

/** The owner roles of all systems. */
export function ownersOf(plan: RecoveryPlan): Right {
  return ownerOf(null, plan)
}
