import { type FoundCode, findCodes } from '../codes/find-codes.ts'
import type { Label } from '../codes/label.ts'
import type { Rule } from './rule.ts'
import { consequences, wrappers } from './rules/consequences.ts'
import { postgresRules } from './rules/postgres.ts'
import { serverRules } from './rules/servers.ts'

/** What one line says about a failure. */
export interface Verdict {
  readonly label: Label | null
  readonly codes: readonly FoundCode[]
  /** What the line is to the failure: its cause, something that wraps it, something that follows from it, or nothing. */
  readonly role: 'cause' | 'wrapper' | 'consequence' | 'none'
  /** True when a cause was told by a message or a code that names it, whatever the level. */
  readonly always: boolean
}

const causes: readonly Rule[] = [...postgresRules, ...serverRules]

/** Only this much of a line's beginning and end is looked at: rules must stay cheap on lines of 64 KiB. */
const shownLength = 2_000

/** Judges one line: explicit codes first, then what its message says. */
export function classifyLine(line: string): Verdict {
  const text = line.length <= 2 * shownLength ? line : `${line.slice(0, shownLength)} … ${line.slice(-shownLength)}`
  const codes = findCodes(text)
  const consequence = match(consequences, text)
  if (consequence) return { label: consequence.label, codes, role: 'consequence', always: false }
  const coded = codes.find((code) => code.weight === 3 && code.label)
  if (coded) return { label: coded.label, codes, role: 'cause', always: false }
  const cause = match(causes, text)
  const label = cause?.label ?? codes.find((code) => code.label)?.label ?? null
  if (label) return { label, codes, role: 'cause', always: cause?.role === 'always' }
  const wrapped = match(wrappers, text) ?? (codes.some((code) => code.weight === 1) ? { label: null } : undefined)
  return { label: null, codes, role: wrapped ? 'wrapper' : 'none', always: false }
}

function match(rules: readonly Rule[], text: string): Rule | undefined {
  return rules.find(({ pattern }) => pattern.test(text))
}
