import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobPreview, PreviewNames } from '../../src/engine/define-job.ts'
import type { RestoreParams } from './params.ts'

/** What a restore would do. The approval card shows the same once everything was looked at, and binds it. */
export function previewRestore(
  { system, backup, properties }: RestoreParams,
  plan: RecoveryPlan,
  names: PreviewNames,
): JobPreview {
  const live = names.database(system)
  const [side, old] = [`${live}_side_<n>`, `${live}_old_<n>`]
  const known = plan.systems[system]
  const jobs = (known?.kind === 'postgres' ? known.jobs : undefined) ?? '<processors, at most 8>'
  const chosen = backup ?? 'the newest readable one before the migration began'
  return {
    does: {
      choose: [`-- backup: ${chosen}`],
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
