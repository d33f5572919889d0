import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobPreview } from '../../src/engine/define-job.ts'
import type { VerifyParams } from './params.ts'

export function previewVerify({ system, against }: VerifyParams, plan: RecoveryPlan): JobPreview {
  const known = plan.systems[system]
  const checks = known?.kind === 'postgres' ? known.checks : []
  return {
    does: {
      choose: [
        `-- against ${against ?? 'the backup that was restored last, else the newest baseline or backup of before the migration began'}`,
      ],
      compare: ['-- rows and fingerprint of every table, READ ONLY', ...checks.map(({ sql }) => `${sql.trim()};`)],
    },
    back: 'None is needed: it only reads.',
  }
}
