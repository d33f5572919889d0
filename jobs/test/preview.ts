import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobPreview } from '../../src/engine/define-job.ts'
import type { TestParams } from './params.ts'

export function previewTest({ system }: TestParams, plan: RecoveryPlan): JobPreview {
  const known = plan.systems[system]
  const checks = known?.kind === 'postgres' ? known.checks : []
  return { does: { ask: checks.map(({ sql }) => `${sql.trim()};`) }, back: 'None is needed: it only reads.' }
}
