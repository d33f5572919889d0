import { inPhase } from '../../../src/domain/phase.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { analyzeOutput, loadOutput, type RestoreParams } from '../params.ts'
import { sideTarget } from '../side.ts'

/** Statistics, so that the first queries after the switch have the plans that they had before. */
export const analyze = defineStep<RestoreParams>({
  name: 'analyze',
  title: 'analyze',
  risk: 'reversible',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  async run(context) {
    const { side } = loadOutput.parse(context.outputOf('load'))
    // A role that loads alone has analyzed it before it gave it away.
    if (context.target(context.params.system).loadUrl !== undefined) return analyzeOutput.parse({ seconds: 0 })
    context.progress(inPhase('analyzing', { database: side }))
    const began = performance.now()
    await context.tools.databases.analyze(sideTarget(context), side, context.signal)
    return analyzeOutput.parse({ seconds: (performance.now() - began) / 1000 })
  },
  isDone: async () => ({ done: 'no' }),
})
