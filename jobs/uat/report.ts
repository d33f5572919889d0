import { markPerson } from '../../src/domain/text.ts'
import type { CaseResult } from '../../src/domain/uat.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { describeCase } from './describe-case.ts'
import { uatParams } from './params.ts'
import { showResults } from './results.ts'

const ON_CARD = 12
const marks = { passed: '✅', failed: '❌', blocked: '🚧', open: '○' } as const

/** «order-entry: 2 of 2 cases passed». */
export function reportUat(view: JobView): GivenReport {
  const results = showResults(view)
  const passed = results.filter(({ state }) => state === 'passed')
  return {
    summary: `${suiteOf(view)}: ${passed.length} of ${results.length} cases passed`,
    proven: passed.map(describeCase),
    left: results.filter(({ state }) => state !== 'passed').map(describeCase),
  }
}

/** The progress, case by tester. */
export function showUat(view: JobView): { headline: string; lines: string[] } {
  const results = showResults(view)
  const more = results.length > ON_CARD ? [`and ${results.length - ON_CARD} more`] : []
  return { headline: `acceptance test ${suiteOf(view)}`, lines: [...results.slice(0, ON_CARD).map(showCase), ...more] }
}

function showCase(result: CaseResult): string {
  const who = result.findings.map(({ person, answer }) => `${markPerson(person)} ${answer}`).join(', ')
  return `${marks[result.state]} ${describeCase(result)}${who === '' ? '' : ` (${who})`}`
}

function suiteOf({ job }: JobView): string {
  return uatParams.partial().safeParse(job.params).data?.suite ?? ''
}
