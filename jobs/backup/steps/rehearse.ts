import { messageOf } from '../../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { listNotInBackup } from '../../../src/domain/not-in-backup.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { findBackupFolder } from '../../backup-folder.ts'
import { dropRehearsals, rehearse as rehearseArchive } from '../../rehearse.ts'
import { type BackupParams, dumpOutput, rehearseOutput } from '../params.ts'

/** Codes that say that this was no test of the archive: the rehearsal is missing, and the archive is what it was. */
const notItsFault = new Set(['target_lost', 'target_unreachable'])

/** Loads the archive's schema beside the live database and writes into the manifest how it came back. */
export const rehearse = defineStep<BackupParams>({
  name: 'rehearse',
  title: 'rehearse',
  risk: 'reversible',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  run: rehearseBackup,
  isDone: async () => ({ done: 'no' }),
  cleanUp: dropRehearsals,
})

async function rehearseBackup(context: StepContext<BackupParams>) {
  const written = dumpOutput.parse(context.outputOf('dump'))
  const { archives } = context.tools
  const point = (await archives.list(findBackupFolder(context))).find((each) => each.path === written.path)
  const manifest = point === undefined ? null : await archives.readManifest(point)
  if (point === undefined || manifest === null)
    throw new SalvorError('archive_hash_differs', { backup: written.id, seen: 'archive or manifest are gone' })
  try {
    const rehearsal = await rehearseArchive(context, point, manifest)
    await archives.keepRehearsal(point, rehearsal)
    return rehearseOutput.parse({
      objects: manifest.definitions.length,
      left: rehearsal.definitions.gone,
      other: rehearsal.definitions.changed.length,
      notInBackup: listNotInBackup({ ...manifest, rehearsal }),
      doubts: rehearsal.doubts ?? [],
      problem: null,
    })
  } catch (thrown) {
    // The rows are safe all the same: what cannot be loaded here is said, and the backup stays.
    if (!(thrown instanceof SalvorError) || notItsFault.has(thrown.code)) throw thrown
    const notInBackup = listNotInBackup(manifest)
    return rehearseOutput.parse({ objects: 0, left: [], other: 0, notInBackup, problem: messageOf(thrown) })
  }
}
