import { join } from 'node:path'
import type { LookContext } from '../../src/engine/define-step.ts'
import { seekKeepFolder } from '../backup-folder.ts'

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
