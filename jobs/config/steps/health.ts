import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { expandService } from '../../expand-service.ts'
import { askHealth } from '../ask-health.ts'
import { type ConfigParams, lookOutput } from '../params.ts'

/** How long a service that was ill before is asked: the file alone makes nobody well. */
const askedAgain = '3s'

/**
 * Is the service as well as before? Some watch their file and take it at once. One that was down or ill before is only
 * told about: the restart that follows proves it.
 */
export const health = defineStep<ConfigParams>({
  name: 'health',
  title: 'health',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { service: name } = context.params
    const { active, well, path } = lookOutput.parse(context.outputOf('look'))
    if (active === false) return { well: null, said: 'it was down before and was not asked' }
    const service = expandService(context.service(name), context)
    const asked = await askHealth(context, service, well === true ? undefined : askedAgain)
    if (asked === null) return { well: null, said: 'the plan has no health check' }
    if (well === true && !asked.healthy)
      throw new SalvorError('config_unwell', { service: name, path, seen: asked.said, job: context.job.id })
    return { well: asked.healthy, said: asked.said }
  },
})
