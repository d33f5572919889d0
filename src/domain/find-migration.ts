import { SalvorError } from './errors/fail.ts'
import { nameKnown } from './nearest.ts'
import type { RecoveryPlan } from './recovery-plan.ts'

/**
 * A migration of the plan and the command that runs it again; `system` where it must be that one's. Throws
 * migration_unknown or migration_no_rerun.
 */
export function findMigration(
  { migrations }: Pick<RecoveryPlan, 'migrations'>,
  { migration, system }: { readonly migration: string; readonly system?: string },
) {
  const found = Object.hasOwn(migrations, migration) ? migrations[migration] : undefined
  if (found === undefined || found.system !== (system ?? found.system))
    throw new SalvorError('migration_unknown', { migration, ...nameKnown(migration, Object.keys(migrations)) })
  if (found.rerun === undefined) throw new SalvorError('migration_no_rerun', { migration })
  return { ...found, rerun: found.rerun }
}
