import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import { findMigrations, findWriters, needsHold } from './find-writers.ts'
import type { FreezeParams } from './params.ts'

export function planFreeze({ system }: FreezeParams, plan: RecoveryPlan): readonly string[] {
  return [
    'look',
    ...(findMigrations(plan, system).length > 0 ? ['halt'] : []),
    ...(findWriters(plan, system).length > 0 ? ['stop'] : []),
    ...(needsHold(plan, system) ? ['hold'] : []),
    'prove',
  ]
}
