import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobPreview } from '../../src/engine/define-job.ts'
import type { CompareParams } from './params.ts'

export function previewCompare({ system, with: asked, tables }: CompareParams, plan: RecoveryPlan): JobPreview {
  const known = plan.systems[system]
  const mapping = known?.kind === 'postgres' ? Object.entries(known.compare) : []
  const sql = mapping.flatMap(([, { left, right, columns }]) => [
    ...(left === undefined ? [] : [`${left};`]),
    ...(right === undefined ? [] : [`${right};`]),
    ...Object.entries(columns).map(([column, expression]) => `-- ${column} = ${expression}`),
  ])
  return {
    does: {
      choose: [`-- with ${asked ?? 'the source'}`],
      compare: [`-- rows of ${tables?.join(', ') ?? 'every table'} of both sides, READ ONLY`, ...sql],
    },
    back: 'None is needed: it only reads.',
  }
}
