import { describeFindingMessage } from '../../src/domain/finding-texts.ts'
import type { Json } from '../../src/domain/json.ts'
import type { CheckResult } from './params.ts'

/** Longer values are cut on cards. */
const SHOWN = 60

/** `paid orders kept: it is not what the plan expects (expected 43750, found 43688)` */
export function describeResult({ name, passed, expected, found, why }: CheckResult): string {
  if (passed) return found === null ? name : `${name}: ${write(found)}`
  const values = expected === null ? '' : ` (expected ${write(expected)}, found ${write(found)})`
  return `${name}: ${why === null ? 'it did not pass' : describeFindingMessage(why)}${values}`
}

function write(value: Json): string {
  const text = typeof value === 'string' ? value : value === null ? 'nothing' : JSON.stringify(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
