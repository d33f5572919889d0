import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import { findRemedy } from './find-remedy.ts'
import type { FixParams } from './params.ts'

/** SQL is tried first, after an approval of its text where somebody asked so; a program cannot be. */
export function planFix({ system, remedy, undoes, ask }: FixParams, plan: RecoveryPlan): readonly string[] {
  const isProgram = undoes === undefined && findRemedy(plan, system, remedy).sql === undefined
  if (isProgram) return ['look', 'execute']
  return ['look', ask === true ? 'try' : 'rehearse', 'commit', 'confirm']
}
