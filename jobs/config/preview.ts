import type { RecoveryPlan, ServiceSystem } from '../../src/domain/recovery-plan.ts'
import type { JobPreview } from '../../src/engine/define-job.ts'
import { sayCommand, sayHealth } from '../say-command.ts'
import { testOf } from './find-config.ts'
import type { ConfigParams } from './params.ts'
import { planConfig } from './plan.ts'

export function previewConfig(params: ConfigParams, plan: RecoveryPlan): JobPreview {
  const { service, file, version } = params
  const back = 'Undo: the old file is kept beside the new one.'
  const system = plan.systems[service]
  if (system?.kind !== 'service') return { does: {}, back }
  const meant = system.config.filter(({ path }) => file === undefined || path === file || path.endsWith(`/${file}`))
  const [step = 'replace'] = planConfig(params, plan).filter((name) => name.startsWith('replace'))
  return {
    does: {
      look: meant.map(({ path, versions }) => `${path}  -- versions in ${versions}`),
      test: meant.map((config) => sayTest(config)),
      [step]: meant.map(({ path }) => `${path}  -- by ${version ?? 'the newest version that passes its test'}`),
      ...(system.health === undefined ? {} : { health: [sayHealth(system.health)] }),
    },
    back,
  }
}

function sayTest(config: ServiceSystem['config'][number]): string {
  const test = testOf(config)
  return test === null ? `${config.path}  -- no test reads it: a person chooses the version` : sayCommand(test)
}
