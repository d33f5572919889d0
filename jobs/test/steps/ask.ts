import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { askOutput, type TestParams } from '../params.ts'

/** Asks every check of the plan, each in a READ ONLY transaction of its own under a statement_timeout. */
export const ask = defineStep<TestParams>({
  name: 'ask',
  title: 'ask',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  async run(context) {
    const { system } = context.params
    const { checks } = context.postgres(system)
    if (checks.length === 0) throw new SalvorError('check_none', { system })
    const findings = await context.tools.content.runChecks({
      target: context.target(system),
      checks,
      signal: context.signal,
    })
    const results = findings.map(({ name, verdict, expected, found, why }) => ({
      ...{ name, expected, found, why },
      // What could not be asked has not passed.
      passed: verdict === 'equal',
    }))
    return askOutput.parse({ results })
  },
})
