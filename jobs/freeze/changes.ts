import { nameInAddress } from '../../src/engine/address.ts'
import type { Changes } from '../../src/engine/define-job.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { bindServiceCommands } from '../bound-programs.ts'
import { serviceCommand } from '../service-command.ts'
import { findMigrations, findWriters, needsHold } from './find-writers.ts'
import { type FreezeParams, lookOutput } from './params.ts'

/** For plans that want a freeze approved: everything that is stopped and closed, of what ran at the look. */
export async function showFreezeChanges(context: LookContext<FreezeParams>): Promise<Changes> {
  const { plan, params } = context
  const { system } = params
  const { services } = lookOutput.parse(context.outputOf('look'))
  const migrations = findMigrations(plan, system)
  const halt = await bindServiceCommands(
    context,
    migrations.map((one) => ({ argv: one.stop })),
  )
  const stop = await bindServiceCommands(
    context,
    services.map((name) => serviceCommand(context, name, 'stop')),
  )
  const database = needsHold(plan, system) ? nameInAddress(context.target(system).url) : null
  const hold = [`ALTER DATABASE "${database}" WITH ALLOW_CONNECTIONS false`, '-- end its sessions']
  return {
    action: `freezing ${system}`,
    verb: 'freeze',
    target: system,
    proven: services.length === 0 ? 'no service of it runs' : `running now: ${services.join(', ')}`,
    unproven: 'that nobody else writes; it is looked at afterwards',
    lost: `nothing that is stored: nobody can work with ${system} until it is thawed`,
    back: `thaw ${system}: it starts and opens again exactly what this stopped and closed`,
    details: [...halt.details, ...stop.details],
    steps: {
      ...(migrations.length > 0 ? { halt: { does: halt.does, binds: halt.binds } } : {}),
      ...(findWriters(plan, system).length > 0
        ? { stop: { does: stop.does, binds: { ...stop.binds, services } } }
        : {}),
      ...(database === null ? {} : { hold: { does: hold, binds: { database } } }),
    },
    binds: { system },
  }
}
