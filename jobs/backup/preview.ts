import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobPreview } from '../../src/engine/define-job.ts'
import type { BackupParams } from './params.ts'
import { isOfCluster } from './plan.ts'

/** `found`: what was looked up already; before that it stands in angle brackets. */
export function previewBackup(
  params: BackupParams,
  plan: RecoveryPlan,
  found: { readonly folder?: string; readonly database?: string } = {},
): JobPreview {
  const { system, kind = 'full' } = params
  const known = plan.systems[system]
  if (isOfCluster(params, plan)) {
    const stanza =
      known?.kind === 'postgres' ? known.backups.find((one) => one.kind === 'pgbackrest')?.stanza : undefined
    return {
      does: { take: [`pgbackrest --stanza=${stanza ?? '<stanza>'} --type=${kind} backup`] },
      back: 'None is needed: it adds a backup. The tool lets old ones expire as it is configured.',
    }
  }
  const jobs = (known?.kind === 'postgres' ? known.jobs : undefined) ?? '<processors, at most 8>'
  const named = known?.kind === 'postgres' ? known.backups.find((one) => one.kind === 'pg_dump')?.path : undefined
  const file = `${found.folder ?? named ?? '<backups>'}/${found.database ?? '<database>'}-<time>`
  return {
    does: {
      dump: [
        `pg_dump --format=directory --jobs=${jobs} --snapshot=<snapshot> --file=${file} --lock-wait-timeout=60s --no-password --verbose`,
      ],
      prove: [`pg_restore --file=/dev/null -- ${file}`],
      rehearse: [
        `-- a scratch database is created, and dropped again`,
        `pg_restore --exit-on-error --no-password --no-subscriptions --use-list=<all but data> -- ${file}`,
      ],
    },
    back: 'None is needed: it only reads the database and adds a file.',
  }
}
