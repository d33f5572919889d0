import { describeFindingMessage } from '../../src/domain/finding-texts.ts'
import type { Json } from '../../src/domain/json.ts'
import type { Compared } from './params.ts'

type Finding = Compared['differing'][number]

/** Longer values, such as index definitions, are cut on cards. */
const SHOWN = 60

/** One line a finding, at most `limit`, and one line for the rest; `more` were never listed. */
export function describeFindings(findings: readonly Finding[], limit: number, more = 0): string[] {
  const rest = findings.length - limit + more
  const lines = findings.slice(0, limit).map(describeFinding)
  return rest > 0 ? [...lines, `and ${rest} more`] : lines
}

function describeFinding({ subject, name, verdict, expected, found, why }: Finding): string {
  const compares = verdict === 'differs' || subject === 'check'
  const values = compares && expected !== null ? ` (expected ${write(expected)}, found ${write(found)})` : ''
  const kind = subject === 'object' ? '' : `${subject} `
  return `${kind}${name}: ${why === null ? verdict : describeFindingMessage(why)}${values}`
}

function write(value: Json): string {
  const text = typeof value === 'string' ? value : value === null ? 'nothing' : JSON.stringify(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
