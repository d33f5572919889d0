import { SalvorError } from '../../src/domain/errors/fail.ts'
import { findNearest } from '../../src/domain/nearest.ts'
import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { RerunParams } from './params.ts'

/** The migration and the command that runs it again. Throws migration_unknown or migration_no_rerun. */
export function findMigration(plan: RecoveryPlan, { migration, system }: RerunParams) {
  const found = Object.hasOwn(plan.migrations, migration) ? plan.migrations[migration] : undefined
  if (found === undefined || found.system !== system) {
    const known = Object.keys(plan.migrations)
    const nearest = findNearest(migration, known) ?? 'none'
    throw new SalvorError('migration_unknown', { migration, nearest, known: known.join(', ') || 'none' })
  }
  if (found.rerun === undefined) throw new SalvorError('migration_no_rerun', { migration })
  return { ...found, rerun: found.rerun }
}
