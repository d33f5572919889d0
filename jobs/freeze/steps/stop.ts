import { setTimeout as delay } from 'node:timers/promises'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { defineStep, type LookContext } from '../../../src/engine/define-step.ts'
import { mustBeBoundService } from '../../bound-programs.ts'
import { canTell, expandService } from '../../expand-service.ts'
import { serviceCommand } from '../../service-command.ts'
import { withLastLines } from '../../with-last-lines.ts'
import { type FreezeParams, lookOutput, stoppedRecord } from '../params.ts'

/** How long a service may still be seen after its stop command has answered, and between two looks; milliseconds. */
const goneWithin = 10_000
const lookEvery = 200

/** Stops the services that run. Each is written down first, so that `thaw` knows it even if this one breaks off. */
export const stop = defineStep<FreezeParams>({
  name: 'stop',
  title: 'stop services',
  risk: 'reversible',
  where: 'runner',
  async run(context) {
    const { services } = lookOutput.parse(context.outputOf('look'))
    for (const name of services) {
      await mustBeBoundService(context, serviceCommand(context, name, 'stop'))
      await context.record(`${stoppedRecord}${name}`, true)
      context.progress(inPhase('stopping', { what: name }))
      await stopOne(context, name)
    }
    return { services }
  },
  async isDone(context) {
    const { services } = lookOutput.parse(context.outputOf('look'))
    for (const name of services) {
      const service = expandService(context.service(name), context)
      if (!Object.hasOwn(context.records, `${stoppedRecord}${name}`)) return { done: 'no' }
      // A second stop of what cannot be seen is harmless.
      if (!canTell(service)) return { done: 'no' }
      await context.tools.services.awaitCommand(service, name, 'stop', context.signal)
      if ((await context.tools.services.identify(service, name, context.signal)).active) return { done: 'no' }
    }
    return { done: 'yes', output: { services } }
  },
})

async function stopOne(context: LookContext<FreezeParams>, name: string): Promise<void> {
  const { signal } = context
  const tools = context.tools.services
  const service = expandService(context.service(name), context)
  await withLastLines({ tools, service, name, signal }, async () => {
    const { said, exitCode } = await tools.stop(service, name, signal)
    if (!canTell(service)) {
      if (exitCode !== 0) throw new SalvorError('service_not_stopped', { service: name, seen: said })
      return
    }
    const began = performance.now()
    while ((await tools.identify(service, name, signal)).active) {
      if (performance.now() - began > goneWithin)
        throw new SalvorError('service_not_stopped', { service: name, seen: said })
      await delay(lookEvery, undefined, { signal })
    }
  })
}
