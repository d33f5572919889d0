import { defineJob } from '../../src/engine/define-job.ts'
import { showBackupChanges } from './changes.ts'
import { type BackupParams, backupParams } from './params.ts'
import { planBackup } from './plan.ts'
import { previewBackup } from './preview.ts'
import { documentBackup, reportBackup, showBackup } from './report.ts'
import { dump } from './steps/dump.ts'
import { preflight } from './steps/preflight.ts'
import { prove } from './steps/prove.ts'
import { rehearse } from './steps/rehearse.ts'
import { take } from './steps/take.ts'

export const backup = defineJob<BackupParams>({
  name: 'backup',
  summary:
    'Takes a dump and its manifest (rows, fingerprints, definitions) from one snapshot, reads it back, and rehearses how it comes back; with `--kind` a backup of the whole cluster.',
  params: backupParams,
  // Not the database's lock: a dump only reads it. A second dump at the same time helps nobody.
  lock: ({ system }) => `backup:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [take, preflight, dump, prove, rehearse],
  plan: planBackup,
  leaves: 'Nothing: an archive appears only when it is whole, and what was begun is removed.',
  card: showBackup,
  report: reportBackup,
  preview: (params, plan) => previewBackup(params, plan),
  changes: showBackupChanges,
  document: documentBackup,
})
