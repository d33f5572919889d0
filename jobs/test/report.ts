import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { describeResult } from './describe-result.ts'
import { askOutput, testParams } from './params.ts'

const ON_CARD = 12

/** «orders-db passed 4 of 4 checks». Says only what was asked. */
export function reportTest(view: JobView): GivenReport {
  const { system } = testParams.parse(view.job.params)
  const results = outputOf(view, 'ask', askOutput)?.results ?? []
  const passed = results.filter((result) => result.passed)
  return {
    summary: `${system} passed ${passed.length} of ${results.length} checks`,
    proven: passed.map((result) => `${system}: ${describeResult(result)}`),
    left: results.filter((result) => !result.passed).map((result) => `failed: ${describeResult(result)}`),
  }
}

export function showTest(view: JobView): { headline: string; lines: string[] } {
  const { system = '' } = testParams.partial().safeParse(view.job.params).data ?? {}
  const results = outputOf(view, 'ask', askOutput)?.results ?? []
  // What is cut off passed, as long as anything did.
  const sorted = [...results.filter(({ passed }) => !passed), ...results.filter(({ passed }) => passed)]
  const lines = sorted.slice(0, ON_CARD).map((result) => `${result.passed ? '✅' : '❌'} ${describeResult(result)}`)
  const more = results.length > ON_CARD ? [`and ${results.length - ON_CARD} more`] : []
  return { headline: `tests ${system}`, lines: [...lines, ...more] }
}
