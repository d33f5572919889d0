import type { Changes } from '../../src/engine/define-job.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { bindServiceCommands } from '../bound-programs.ts'
import { serviceCommand } from '../service-command.ts'
import type { RestartParams } from './params.ts'

/** For plans that want a restart approved. */
export async function showRestartChanges(context: LookContext<RestartParams>): Promise<Changes> {
  const { service } = context.params
  const { details, ...restart } = await bindServiceCommands(context, [serviceCommand(context, service, 'restart')])
  return {
    action: `restarting ${service}`,
    verb: 'restart',
    target: service,
    proven: 'nothing: a restart cannot be tried first',
    unproven: `that ${service} comes up again; it is looked at afterwards`,
    lost: 'nothing that is stored: what it was doing is cut off',
    back: 'none is needed: the same service starts again',
    details,
    steps: { restart },
    binds: { service },
  }
}
