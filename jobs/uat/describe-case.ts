import { REMARK } from '../../src/domain/ask.ts'
import { plainText } from '../../src/domain/text.ts'
import type { CaseResult } from '../../src/domain/uat.ts'

/** `1 Place an order (orders-db): passed, 2 of 2 passed`: one line for cards and reports, without anybody's own words. */
export function describeCase({ no, name, covers, state, findings }: CaseResult): string {
  const judged = findings.filter(({ answer }) => answer !== REMARK)
  const passes = judged.filter(({ answer }) => answer === 'pass').length
  const about = covers === '' ? '' : ` (${plainText(covers)})`
  return `${no} ${plainText(name)}${about}: ${state}, ${passes} of ${judged.length} passed`
}
