import { mustKnowLog } from '../../src/domain/find-log.ts'
import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobPreview } from '../../src/engine/define-job.ts'
import { sayCommand } from '../say-command.ts'
import type { LogsParams } from './params.ts'

export function previewLogs({ log, since, follow }: LogsParams, plan: RecoveryPlan): JobPreview {
  const { path, unit, argv, host } = mustKnowLog(plan, log)
  const span = since === undefined ? '' : ` of the last ${since}, with its rotated predecessors as far as needed`
  const there = host === undefined ? '' : ` on ${host}`
  const does =
    path !== undefined
      ? `-- reads ${path}${there}${span}`
      : argv !== undefined
        ? sayCommand(argv)
        : `journalctl --unit=${unit} --output=short-iso --no-pager --quiet`
  return { does: { [follow === true ? 'follow' : 'analyse']: [does] }, back: 'None is needed: it only reads.' }
}
