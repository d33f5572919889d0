import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobPreview } from '../../src/engine/define-job.ts'
import { sayCommand, sayHealth } from '../say-command.ts'
import type { ConfigParams } from './params.ts'

export function previewConfig({ service, file, version }: ConfigParams, plan: RecoveryPlan): JobPreview {
  const back = 'Undo: the old file is kept beside the new one.'
  const system = plan.systems[service]
  if (system?.kind !== 'service') return { does: {}, back }
  const meant = system.config.filter(({ path }) => file === undefined || path === file || path.endsWith(`/${file}`))
  return {
    does: {
      look: meant.map(({ path, versions }) => `${path}  -- versions in ${versions}`),
      test: meant.flatMap(({ test }) => (test === undefined ? [] : [sayCommand(test)])),
      replace: meant.map(({ path }) => `${path}  -- by ${version ?? 'the newest version that passes its test'}`),
      ...(system.health === undefined ? {} : { health: [sayHealth(system.health)] }),
    },
    back,
  }
}
