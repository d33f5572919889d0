import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { BackupParams } from './params.ts'

/** Look first, write, read back what was written, and see how it comes back; of a cluster the tool does all of it. */
export function planBackup(params: BackupParams, plan: RecoveryPlan): readonly string[] {
  return isOfCluster(params, plan) ? ['take'] : ['preflight', 'dump', 'prove', 'rehearse']
}

/** A kind means the cluster; without one a dump is meant, unless the plan names no folder for dumps. */
export function isOfCluster({ system, kind }: BackupParams, plan: RecoveryPlan): boolean {
  const found = plan.systems[system]
  const backups = found?.kind === 'postgres' ? found.backups : []
  return kind !== undefined || (backups.length > 0 && backups.every((one) => one.kind !== 'pg_dump'))
}
