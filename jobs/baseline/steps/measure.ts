import { join } from 'node:path'
import { defineStep } from '../../../src/engine/define-step.ts'
import { findBackupFolder } from '../../backup-folder.ts'
import { followTables } from '../../table-progress.ts'
import type { BaselineParams } from '../params.ts'

/** Fingerprints every table in one snapshot and keeps the manifest beside the backups. */
export const measure = defineStep<BaselineParams>({
  name: 'measure',
  title: 'measure',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  async run(context) {
    const folder = join(findBackupFolder(context), 'baselines')
    const manifest = await context.tools.content.measure({
      target: context.target(context.params.system),
      signal: context.signal,
      onProgress: followTables('measuring', context.now, context.progress),
    })
    const kept = await context.tools.content.keepManifest(folder, manifest)
    return {
      ...kept,
      database: manifest.database,
      source: {
        database: manifest.database,
        systemIdentifier: manifest.systemIdentifier,
        databaseOid: manifest.marks?.databaseOid ?? null,
      },
      takenAt: manifest.takenAt,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    }
  },
  // A file whose digest nobody journaled is no evidence: measure again.
})
