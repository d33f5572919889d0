import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { canTell, expandService } from '../../expand-service.ts'
import { lookOutput, type ThawParams } from '../params.ts'

/** Looks: the services run, the databases accept connections. */
export const prove = defineStep<ThawParams>({
  name: 'prove',
  title: 'prove',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { system } = context.params
    const { services, databases } = lookOutput.parse(context.outputOf('look'))
    const proven: string[] = []
    const unproven: string[] = []
    for (const database of databases) {
      const open = await context.tools.databases.acceptsConnections(context.target(system), database)
      if (!open) throw new SalvorError('target_refused', { system, seen: `${database} is still closed` })
      proven.push(`${database} accepts connections`)
    }
    for (const name of services) {
      const service = expandService(context.service(name), context)
      if (!canTell(service)) {
        unproven.push(`${name} was told to start; the plan has no unit and no identity to see it by`)
        continue
      }
      const { active, said } = await context.tools.services.identify(service, name, context.signal)
      if (!active) throw new SalvorError('service_not_started', { service: name, seen: said })
      proven.push(`${name} runs: ${said}`)
    }
    return { proven, unproven }
  },
})
