import { join } from 'node:path'
import type { Loss } from '../../src/domain/loss.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { seekKeepFolder } from '../backup-folder.ts'

/** Tables whose rows go away with the switch. What the migration left is no loss; what cannot be read cannot be written. */
export function listLossy(loss: Loss): string[] {
  return loss.tables
    .filter((one) => one.role !== 'leftover' && one.by !== 'none' && one.added + one.changed > 0)
    .map((one) => one.table)
    .filter((table) => table !== 'large objects')
}

/**
 * Where a job writes them on its worker; hidden, so that it is no backup among backups. null where the plan names no
 * folder for dumps: then the kept database alone holds them.
 */
export function findLostFolder(context: LookContext<{ system: string }>): string | null {
  const folder = seekKeepFolder(context)
  return folder === null ? null : join(folder, `.lost-rows-${context.job.id}`)
}

/** The line of Details that says so. */
export function sayWritten(context: LookContext<{ system: string }>): string {
  const folder = findLostFolder(context)
  if (folder === null) return '-- rows that go away are not written down: the plan names no folder for dumps'
  return `-- before that, write rows that go away as SQL to ${folder}, mode 0600, on this worker alone`
}
