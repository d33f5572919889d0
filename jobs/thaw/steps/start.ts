import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { mustBeBoundService } from '../../bound-programs.ts'
import { canTell, expandService } from '../../expand-service.ts'
import { serviceCommand } from '../../service-command.ts'
import { settleService } from '../../settle-service.ts'
import { withLastLines } from '../../with-last-lines.ts'
import { lookOutput, type ThawParams } from '../params.ts'

/** Starts what a freeze stopped, lower tiers first; what runs already is left alone. */
export const start = defineStep<ThawParams>({
  name: 'start',
  title: 'start services',
  risk: 'reversible',
  where: 'runner',
  async run(context) {
    const { services } = lookOutput.parse(context.outputOf('look'))
    const started: string[] = []
    const running: string[] = []
    for (const name of services) {
      context.progress(inPhase('starting', { what: name }))
      if (await startOne(context, name)) started.push(name)
      else running.push(name)
    }
    return { started, running }
  },
  // A start leaves alone what runs, so it may go again.
  isDone: async () => ({ done: 'no' }),
})

async function startOne(context: StepContext<ThawParams>, name: string): Promise<boolean> {
  const { signal } = context
  const tools = context.tools.services
  const service = expandService(context.service(name), context)
  if ((await tools.identify(service, name, signal)).active) return false
  await withLastLines({ tools, service, name, signal }, async () => {
    await mustBeBoundService(context, serviceCommand(context, name, 'start'))
    const { exitCode, said } = await tools.start(service, name, signal)
    if (exitCode !== 0) throw new SalvorError('service_not_started', { service: name, seen: said })
    if (canTell(service)) await settleService({ tools, service, name, before: null, said, signal })
  })
  return true
}
