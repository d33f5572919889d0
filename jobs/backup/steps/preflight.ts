import { defineStep } from '../../../src/engine/define-step.ts'
import { findBackupFolder } from '../../backup-folder.ts'
import type { BackupParams } from '../params.ts'

/** One session that keeps the snapshot and reads, and one of pg_dump. */
const LEAST_SESSIONS = 2

/** Is there a folder to write to, and a server that answers, lets enough in, can lock all tables and hides no rows? */
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
    await context.tools.databases.findRoom({ target, database: name, url: target.url, needed: LEAST_SESSIONS })
    await context.tools.databases.refuseFewLocks(target)
    await context.tools.databases.refuseHiddenRows(target, name)
    return { folder, database: name, sizeBytes }
  },
  // It only looks, so looking again is right.
})
