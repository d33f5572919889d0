import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { nameInAddress } from '../../../src/engine/address.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { canTell, expandService } from '../../expand-service.ts'
import { findWriters, needsHold } from '../find-writers.ts'
import { type FreezeParams, haltOutput } from '../params.ts'

/** Looks: every service is down, the database refuses. What cannot be looked at is said, not assumed. */
export const prove = defineStep<FreezeParams>({
  name: 'prove',
  title: 'prove',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { system } = context.params
    const proven: string[] = []
    const halted = haltOutput.safeParse(context.outputOf('halt')).data?.migrations ?? []
    const unproven = halted.map((name) => `migration ${name} was told to stop; Salvor cannot see whether it has`)
    for (const name of findWriters(context.plan, system)) {
      const service = expandService(context.service(name), context)
      const { active, said } = await context.tools.services.identify(service, name, context.signal)
      if (active) throw new SalvorError('service_not_stopped', { service: name, seen: said })
      if (canTell(service)) proven.push(`${name} is down: ${said}`)
      else unproven.push(`${name} was told to stop; the plan has no unit and no identity to see it by`)
    }
    if (needsHold(context.plan, system)) {
      const target = context.target(system)
      if (await context.tools.databases.acceptsConnections(target, nameInAddress(target.url)))
        throw new SalvorError('system_not_frozen', { system })
      proven.push(`${system} refuses connections`)
    }
    return { proven, unproven }
  },
})
