import { defineStep } from '../../../src/engine/define-step.ts'
import { findBackupFolder } from '../../backup-folder.ts'
import type { BackupParams } from '../params.ts'

/** Is there a folder to write to, and a server that answers? */
export const preflight = defineStep<BackupParams>({
  name: 'preflight',
  title: 'preflight',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const folder = findBackupFolder(context)
    const { name, sizeBytes } = await context.tools.databases.identify(context.target(context.params.system))
    return { folder, database: name, sizeBytes }
  },
  // It only looks, so looking again is right.
  isDone: async () => ({ done: 'no' }),
})
