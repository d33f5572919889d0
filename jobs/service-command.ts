import type { LookContext } from '../src/engine/define-step.ts'
import type { Command } from './bound-programs.ts'
import { placeService } from './expand-service.ts'

/** The command that restarts, stops or starts a service of the plan, as it will run, and the host that it runs on. */
export function serviceCommand(
  context: LookContext<unknown>,
  service: string,
  verb: 'restart' | 'stop' | 'start',
): Command {
  const placed = placeService(context.service(service), context)
  return { argv: context.tools.services.commandOf(placed, service, verb), on: placed.on }
}
