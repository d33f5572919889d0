import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { waitsFor } from '../../../src/domain/waiting.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { expandService } from '../../expand-service.ts'
import { withLastLines } from '../../with-last-lines.ts'
import { type RestartParams, restartOutput } from '../params.ts'

/** Asks the service whether it is well, until its time is over; then looks whether it is still the same process. */
export const health = defineStep<RestartParams>({
  name: 'health',
  title: 'health',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { service: name } = context.params
    const { signal } = context
    const service = expandService(context.service(name), context)
    const tools = context.tools.services
    const check = service.health
    if (check === undefined) return { said: 'the plan has no health check', seconds: 0 }
    return withLastLines({ tools, service, name, signal }, async () => {
      const database = service.needs.find((need) => context.plan.systems[need]?.kind === 'postgres')
      const sqlUrl = check.sql === undefined || database === undefined ? {} : { sqlUrl: context.target(database).url }
      const onTry = (seen: string) => {
        const waitingFor = waitsFor('service', { service: name, seen })
        context.progress({ ...inPhase('asking', { service: name }), waitingFor })
      }
      const { on } = service
      const { healthy, said, seconds } = await tools.checkHealth({ check, ...sqlUrl, on, signal, onTry })
      if (!healthy) throw new SalvorError('service_unhealthy', { service: name, within: check.within, seen: said })
      const wanted = restartOutput.safeParse(context.outputOf('restart')).data?.identity ?? null
      const now = wanted === null ? null : await tools.identify(service, name, signal)
      if (now !== null && now.text !== wanted) {
        const seen = now.active ? 'it is another process than the one that was proven' : now.said
        throw new SalvorError('service_unhealthy', { service: name, within: check.within, seen })
      }
      return { said, seconds }
    })
  },
})
