import type { Changes } from '../../src/engine/define-job.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { bindServiceCommands } from '../bound-programs.ts'
import { serviceCommand } from '../service-command.ts'
import { lookOutput, type ThawParams } from './params.ts'

/** For plans that want a thaw approved: everything that is opened and started, by the records of the freezes. */
export async function showThawChanges(context: LookContext<ThawParams>): Promise<Changes> {
  const { system } = context.params
  const { services, databases } = lookOutput.parse(context.outputOf('look'))
  const { details, ...start } = await bindServiceCommands(
    context,
    services.map((name) => serviceCommand(context, name, 'start')),
  )
  const open = databases.map((database) => `ALTER DATABASE "${database}" WITH ALLOW_CONNECTIONS true`)
  return {
    action: `thawing ${system}`,
    verb: 'thaw',
    target: system,
    proven: 'what was frozen, by its records',
    unproven: 'that it comes up again; it is looked at afterwards',
    lost: 'nothing',
    back: `freeze ${system}`,
    details,
    steps: {
      open: { does: open, binds: { databases } },
      start: { does: start.does, binds: { ...start.binds, services } },
    },
    binds: { system },
  }
}
