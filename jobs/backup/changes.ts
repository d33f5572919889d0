import type { Changes } from '../../src/engine/define-job.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { findBackupFolder } from '../backup-folder.ts'
import type { BackupParams } from './params.ts'
import { isOfCluster } from './plan.ts'
import { previewBackup } from './preview.ts'
import { findFirstStanza } from './steps/take.ts'

function showCluster(context: LookContext<BackupParams>): Changes {
  const { system, kind = 'full' } = context.params
  const { stanza, configFile } = findFirstStanza(context)
  const { does } = previewBackup(context.params, context.plan)
  return {
    action: `a ${kind} backup of the cluster of ${system}`,
    verb: 'backup',
    target: `stanza ${stanza}`,
    proven: 'nothing: the tool itself looks at its repository',
    unproven: 'the backup: a restore or drill proves it',
    lost: 'nothing in the database; the tool lets old backups expire as it is configured',
    ownCommands: true,
    back: 'none is needed: it adds a backup',
    details: [`Stanza ${stanza}, configuration ${configFile ?? 'the default one'}`],
    steps: { take: { does: does.take ?? [], binds: { stanza, configFile } } },
    binds: { stanza, kind },
  }
}

/** For plans that want a backup approved: it reads the database, writes an archive, and makes and drops a scratch database. */
export async function showBackupChanges(context: LookContext<BackupParams>): Promise<Changes> {
  const { system } = context.params
  if (isOfCluster(context.params, context.plan)) return showCluster(context)
  const { systemIdentifier, name, oid } = await context.tools.databases.identify(context.target(system))
  const folder = findBackupFolder(context)
  const { does } = previewBackup(context.params, context.plan, { folder, database: name })
  return {
    action: `a backup of ${system}`,
    verb: 'backup',
    target: `${system}: ${name} (OID ${oid}) on server ${systemIdentifier}`,
    proven: 'its folder can be written to',
    unproven: 'the archive: it is read back once it is written',
    lost: 'nothing: it only reads the database',
    ownCommands: true,
    back: 'none is needed: it adds a file',
    details: [`Archives go to ${folder}`],
    steps: {
      dump: { does: does.dump ?? [], binds: { folder } },
      rehearse: { does: does.rehearse ?? [], binds: {} },
    },
    binds: { systemIdentifier, database: name, oid },
  }
}
