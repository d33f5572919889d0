import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { mustBeBoundService } from '../../bound-programs.ts'
import { expandArgv } from '../../expand-service.ts'
import { findMigrations } from '../find-writers.ts'
import type { FreezeParams } from '../params.ts'

/** Tells the system's migrations to stop, by the plan's argv. */
export const halt = defineStep<FreezeParams>({
  name: 'halt',
  title: 'stop migration',
  risk: 'reversible',
  where: 'runner',
  async run(context) {
    const migrations = findMigrations(context.plan, context.params.system)
    for (const { name, stop } of migrations) {
      context.progress(inPhase('stopping_migration', { migration: name }))
      await mustBeBoundService(context, { argv: stop })
      const { exitCode, said } = await context.tools.services.runArgv(expandArgv(stop, context), context.signal)
      if (exitCode !== 0) {
        throw new SalvorError('tool_failed', { tool: `stop of ${name}`, code: exitCode ?? 'a signal', seen: said })
      }
    }
    return { migrations: migrations.map(({ name }) => name) }
  },
  // A migration cannot be looked at; telling one to stop that has stopped is harmless.
  isDone: async () => ({ done: 'no' }),
})
