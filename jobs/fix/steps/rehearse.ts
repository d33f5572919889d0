import { defineStep } from '../../../src/engine/define-step.ts'
import { type FixParams, rehearseOutput } from '../params.ts'
import { readRun, showsRows } from '../run-options.ts'

/** Runs the remedy on the live database in one transaction, counts what it does, and rolls it back. */
export const rehearse = defineStep<FixParams>({
  name: 'rehearse',
  title: 'dry run',
  risk: 'read',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  run: async (context) => {
    context.progress({ phase: 'dry run, to be rolled back', fraction: null, rate: null, readyBetween: null })
    const showRows = showsRows(context.plan, context.params.system)
    const rehearsal = await context.tools.remedies.rehearse({ ...(await readRun(context)), showRows })
    return JSON.parse(JSON.stringify(rehearseOutput.parse(rehearsal)))
  },
  isDone: async () => ({ done: 'no' }),
})
