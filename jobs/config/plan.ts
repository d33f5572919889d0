import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { ConfigParams } from './params.ts'

/** A service without a health check has nothing to ask. */
export function planConfig({ service }: ConfigParams, plan: RecoveryPlan): readonly string[] {
  const system = plan.systems[service]
  const hasHealth = system?.kind === 'service' && system.health !== undefined
  return ['look', 'test', 'replace', ...(hasHealth ? ['health'] : [])]
}
