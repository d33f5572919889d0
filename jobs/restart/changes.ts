import type { Changes } from '../../src/engine/define-job.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { bindServiceCommands, type Command } from '../bound-programs.ts'
import { placeService } from '../expand-service.ts'
import type { RestartParams } from './params.ts'

/** The command that restarts the service, as it will run. */
export function restartCommand(context: LookContext<RestartParams>): Command {
  const { service } = context.params
  const placed = placeService(context.service(service), context)
  const { services: tools } = context.tools
  return { argv: tools.commandOf(placed, service, 'restart'), on: tools.hostOf(placed) }
}

/** For plans that want a restart approved. */
export async function showRestartChanges(context: LookContext<RestartParams>): Promise<Changes> {
  const { service } = context.params
  const { details, ...restart } = await bindServiceCommands(context, [restartCommand(context)])
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
