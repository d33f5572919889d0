import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { RestoreParams } from './params.ts'

/** The column of steps, in the order in which they happen. Only a backup of a cluster has to be brought up first. */
export function planRestore({ system }: RestoreParams, plan: RecoveryPlan): readonly string[] {
  const found = plan.systems[system]
  const hasClusters = found?.kind === 'postgres' && found.backups.some((one) => one.kind !== 'pg_dump')
  return ['choose', ...(hasClusters ? ['recover'] : []), 'preflight', 'create', 'load', 'analyze', 'verify', 'switch']
}
