import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import { suiteOf } from '../../domain/uat.ts'
import type { Right } from '../define-command.ts'

/** The owner role of one system; of every system when the command is about none in particular. Unknown: nobody. */
export function ownerOf(system: string | null, plan: RecoveryPlan): Right {
  if (system === null || suiteOf(system) !== undefined) return ownersOf(plan)
  const found = Object.hasOwn(plan.systems, system) ? plan.systems[system] : undefined
  return { kind: 'roles', roles: found ? [found.owner] : [] }
}

/** The owner roles of all systems. */
export function ownersOf(plan: RecoveryPlan): Right {
  return { kind: 'roles', roles: [...new Set(Object.values(plan.systems).map((system) => system.owner))] }
}
