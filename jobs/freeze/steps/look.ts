import { defineStep } from '../../../src/engine/define-step.ts'
import { canTell, expandService } from '../../expand-service.ts'
import { findWriters } from '../find-writers.ts'
import type { FreezeParams } from '../params.ts'

/** Which of the services run: only those are stopped, and only those are started again by `thaw`. */
export const look = defineStep<FreezeParams>({
  name: 'look',
  title: 'look',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const services: string[] = []
    const resting: string[] = []
    for (const name of findWriters(context.plan, context.params.system)) {
      const service = expandService(context.service(name), context)
      const runs = !canTell(service) || (await context.tools.services.identify(service, name, context.signal)).active
      if (runs) services.push(name)
      else resting.push(name)
    }
    return { services, resting }
  },
})
