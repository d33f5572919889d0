import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobPreview } from '../../src/engine/define-job.ts'
import { sayCommand, sayHealth } from '../say-command.ts'
import type { RestartParams } from './params.ts'

export function previewRestart({ service }: RestartParams, plan: RecoveryPlan): JobPreview {
  const back = 'None is needed: it runs what was there before. Retry starts it again.'
  const system = plan.systems[service]
  if (system?.kind !== 'service') return { does: {}, back }
  const place = system.host === undefined ? '' : `on ${system.host}: `
  const look = system.unit === undefined ? system.identity : ['systemctl', 'show', '--', system.unit]
  return {
    does: {
      ...(look === undefined ? {} : { look: [place + sayCommand(look)] }),
      restart: [place + sayCommand(system.restart ?? ['systemctl', 'restart', '--', system.unit ?? service])],
      ...(system.health === undefined ? {} : { health: [sayHealth(system.health)] }),
    },
    back,
  }
}
