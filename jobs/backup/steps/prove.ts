import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { findBackupFolder } from '../../backup-folder.ts'
import { countJobs } from '../../count-jobs.ts'
import { type BackupParams, dumpOutput } from '../params.ts'

/** Reads the new archive to its end: a backup that was only written is not yet one. */
export const prove = defineStep<BackupParams>({
  name: 'prove',
  title: 'read back',
  risk: 'read',
  where: 'runner',
  async run(context) {
    const written = dumpOutput.parse(context.outputOf('dump'))
    const { archives, backups } = context.tools
    const point = (await archives.list(findBackupFolder(context))).find((each) => each.path === written.path)
    if (point === undefined)
      throw new SalvorError('archive_hash_differs', { backup: written.id, seen: 'the archive is gone' })
    const { archiveHash, tocEntries } = await backups.pg_dump.prove({
      point,
      readers: countJobs(context),
      signal: context.signal,
      onProgress: context.progress,
    })
    if (archiveHash !== written.archiveHash) {
      const seen = 'they changed after they were written'
      throw new SalvorError('archive_hash_differs', { backup: written.id, seen })
    }
    return { archiveHash, tocEntries }
  },
})
