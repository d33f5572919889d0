import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import { findRemedy } from './find-remedy.ts'
import type { FixParams } from './params.ts'

/** SQL is tried first; a program cannot be. */
export function planFix({ system, remedy, undoes }: FixParams, plan: RecoveryPlan): readonly string[] {
  const isProgram = undoes === undefined && findRemedy(plan, system, remedy).sql === undefined
  return isProgram ? ['look', 'execute'] : ['look', 'rehearse', 'commit', 'confirm']
}
