import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobPreview, PreviewNames } from '../../src/engine/define-job.ts'
import { sayCommand } from '../say-command.ts'
import { findMigrations, findWriters, needsHold } from './find-writers.ts'
import type { FreezeParams } from './params.ts'

export function previewFreeze({ system }: FreezeParams, plan: RecoveryPlan, names: PreviewNames): JobPreview {
  const stops = findWriters(plan, system).map((name) => {
    const service = plan.systems[name]
    const argv = service?.kind === 'service' ? service.stop : undefined
    const unit = service?.kind === 'service' ? (service.unit ?? name) : name
    return sayCommand(argv ?? ['systemctl', 'stop', '--', unit])
  })
  const hold = [`ALTER DATABASE "${names.database(system)}" WITH ALLOW_CONNECTIONS false`, '-- end its sessions']
  return {
    does: {
      halt: findMigrations(plan, system).map(({ stop }) => sayCommand(stop)),
      stop: stops,
      ...(needsHold(plan, system) ? { hold } : {}),
    },
    back: `thaw ${system}: it starts and opens again exactly what this stopped and closed.`,
  }
}
