import { parseMoment, writeMoment } from '../../src/domain/physical-backup.ts'
import type { RecoveryPlan, System } from '../../src/domain/recovery-plan.ts'
import type { JobPreview, PreviewNames } from '../../src/engine/define-job.ts'
import type { RestoreParams } from './params.ts'

/** What a restore would do. The approval card shows the same once everything was looked at, and binds it. */
export function previewRestore(
  { system, backup, properties, at, before }: RestoreParams,
  plan: RecoveryPlan,
  names: PreviewNames,
): JobPreview {
  const live = names.database(system)
  const [side, old] = [`${live}_side_<n>`, `${live}_old_<n>`]
  const known = plan.systems[system]
  const jobs = (known?.kind === 'postgres' ? known.jobs : undefined) ?? '<processors, at most 8>'
  const moment = at === undefined ? null : parseMoment(at, before ?? false)
  const reach =
    moment === null
      ? 'the newest readable one before the migration began'
      : `the newest that leads to ${writeMoment(moment)}`
  const chosen = backup ?? reach
  return {
    does: {
      choose: [`-- backup: ${chosen}`],
      recover: describeRecover(known),
      create: [`CREATE DATABASE "${side}" TEMPLATE template0 ALLOW_CONNECTIONS false`],
      load: [
        `pg_restore --jobs=${jobs} --exit-on-error --verbose --no-password --no-subscriptions --dbname=dbname='${side}' -- <backup>`,
      ],
      analyze: ['ANALYZE'],
      verify: ['-- rows and fingerprint of every table against the manifest, READ ONLY'],
      switch: [
        `ALTER DATABASE "${live}" WITH ALLOW_CONNECTIONS false`,
        `-- end all sessions in ${live}, count again, refuse and open again if more would be lost`,
        'BEGIN',
        `ALTER DATABASE "${live}" RENAME TO "${old}"`,
        `ALTER DATABASE "${side}" RENAME TO "${live}"`,
        `-- owner, privileges, limits, comment and settings ${properties === 'live' ? 'of live' : 'as the backup says'}`,
        `ALTER DATABASE "${old}" OWNER TO CURRENT_USER`,
        `ALTER DATABASE "${old}" WITH ALLOW_CONNECTIONS false CONNECTION LIMIT 0`,
        'COMMIT',
      ],
    },
    back: `undo; ${old} is kept for ${plan.keepOld}. Until the switch the live database is untouched.`,
  }
}

/** What brings a backup of a cluster up beside everything else; nothing where the chosen one is an archive. */
function describeRecover(system: System | undefined): string[] {
  const stanza = system?.kind === 'postgres' ? system.backups.find((one) => one.kind === 'pgbackrest') : undefined
  if (stanza === undefined) return []
  const { folder } = stanza.scratch
  return [
    '-- where the backup is one of the whole cluster:',
    `pgbackrest --stanza=${stanza.stanza} --set=<label> --pg1-path=${folder}/<job>/data --type=preserve restore`,
    '-- a scratch server, by socket alone, replays WAL to the moment; the one database is copied out with its manifest',
    `-- the cluster is removed again from ${folder}`,
  ]
}
