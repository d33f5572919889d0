import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { RestartParams } from './params.ts'

/** A service without a health check has nothing to ask. */
export function planRestart({ service }: RestartParams, plan: RecoveryPlan): readonly string[] {
  const system = plan.systems[service]
  const hasHealth = system?.kind === 'service' && system.health !== undefined
  return hasHealth ? ['look', 'restart', 'health'] : ['look', 'restart']
}
