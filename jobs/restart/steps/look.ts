import { defineStep } from '../../../src/engine/define-step.ts'
import { expandService } from '../../expand-service.ts'
import type { RestartParams } from '../params.ts'

/** Which process the service is now. A unit that does not exist is found here, before anything is done. */
export const look = defineStep<RestartParams>({
  name: 'look',
  title: 'look',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { service: name } = context.params
    const service = expandService(context.service(name), context)
    const { text, said } = await context.tools.services.identify(service, name, context.signal)
    return { identity: text, said }
  },
})
