import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { describeResult } from '../describe-result.ts'
import { askOutput, type TestParams } from '../params.ts'

/** Failed checks named in the failure; the card and the report show all. */
const NAMED = 5

/** One check that did not pass fails the test. */
export const judge = defineStep<TestParams>({
  name: 'judge',
  title: 'judge',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { results } = askOutput.parse(context.outputOf('ask'))
    const failed = results.filter(({ passed }) => !passed)
    if (failed.length === 0) return { passed: results.length }
    const lines = failed.slice(0, NAMED).map(describeResult)
    const more = failed.length > NAMED ? [`and ${failed.length - NAMED} more`] : []
    const { system } = context.params
    const count = `${failed.length} of ${results.length}`
    throw new SalvorError('checks_failed', { system, count, seen: [...lines, ...more].join('; ') })
  },
})
