import { z } from 'zod'
import { messageOf } from '../../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { defineStep, type LookContext } from '../../../src/engine/define-step.ts'
import { mustBeBoundService } from '../../bound-programs.ts'
import { canTell, expandService } from '../../expand-service.ts'
import { serviceCommand } from '../../service-command.ts'
import { settleService } from '../../settle-service.ts'
import { withLastLines } from '../../with-last-lines.ts'
import type { RestartParams } from '../params.ts'

/**
 * Restarts the service and stays until the new process has settled. Both are one step, so that a Retry after a
 * death starts it again rather than looking at the corpse. The identity before is written down ahead of the effect:
 * by it the world can be asked later whether the restart happened.
 */
export const restart = defineStep<RestartParams>({
  name: 'restart',
  title: 'restart',
  risk: 'reversible',
  where: 'runner',
  async run(context) {
    const { name, service, tools, signal } = readContext(context)
    return withLastLines({ tools, service, name, signal }, async () => {
      const before = await tools.identify(service, name, signal)
      await context.record(recordName(context.step.attempt), before.text)
      context.progress(inPhase('restarting', { service: name }))
      await mustBeBoundService(context, serviceCommand(context, name, 'restart'))
      const { exitCode, said } = await tools.restart(service, name, signal)
      if (exitCode !== 0) throw new SalvorError('service_not_restarted', { service: name, seen: said })
      if (!canTell(service)) return { identity: null, said }
      context.progress(inPhase('settling', { time: service.settle }))
      const now = await settleService({ tools, service, name, before: before.text, said, signal })
      return { identity: now.text, said: now.said }
    })
  },
  async isDone(context) {
    const { name, service, tools, signal } = readContext(context)
    const key = recordName(context.step.attempt)
    // Nothing is done before the record is written.
    if (!Object.hasOwn(context.records, key)) return { done: 'no' }
    if (!canTell(service)) {
      const why = messageOf(new SalvorError('service_untold', { service: name, job: context.job.id }))
      return { done: 'unknown', why }
    }
    try {
      const before = z.string().nullable().parse(context.records[key])
      await tools.awaitCommand(service, name, 'restart', signal)
      const now = await settleService({ tools, service, name, before, said: 'its runner vanished', signal })
      return { done: 'yes', output: { identity: now.text, said: now.said } }
    } catch (error) {
      // The old process, or none: whatever was begun did not bring the service up.
      if (error instanceof SalvorError && /^service_(died|same_process)$/.test(error.code)) return { done: 'no' }
      throw error
    }
  },
})

function readContext(context: LookContext<RestartParams>) {
  const { service: name } = context.params
  const service = expandService(context.service(name), context)
  return { name, service, tools: context.tools.services, signal: context.signal }
}

function recordName(attempt: number): string {
  return `before-${attempt}`
}
