import { describeFindingMessage } from '../../src/domain/finding-texts.ts'
import { writeValue, writeValues } from '../describe-values.ts'
import type { CheckResult } from './params.ts'

/** `paid orders kept: it is not what the plan expects (expected 43750, found 43688)` */
export function describeResult({ name, passed, expected, found, why }: CheckResult): string {
  if (passed) return found === null ? name : `${name}: ${writeValue(found)}`
  const values = expected === null ? '' : writeValues(expected, found)
  return `${name}: ${why === null ? 'it did not pass' : describeFindingMessage(why)}${values}`
}
