import { defineStep } from '../../../src/engine/define-step.ts'
import { findBackupFolder } from '../../backup-folder.ts'
import type { BackupParams } from '../params.ts'

/** Is there a folder to write to, and a server that answers can lock all tables at once, and hides no rows? */
export const preflight = defineStep<BackupParams>({
  name: 'preflight',
  title: 'preflight',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  async run(context) {
    const folder = findBackupFolder(context)
    const target = context.target(context.params.system)
    const { name, sizeBytes } = await context.tools.databases.identify(target)
    await context.tools.databases.refuseFewLocks(target)
    await context.tools.databases.refuseHiddenRows(target, name)
    return { folder, database: name, sizeBytes }
  },
  // It only looks, so looking again is right.
  isDone: async () => ({ done: 'no' }),
})
