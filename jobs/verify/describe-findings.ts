import { writeCount } from '../../src/domain/count.ts'
import { describeFindingMessage } from '../../src/domain/finding-texts.ts'
import { isLong, writeValues, writeWhole } from '../describe-values.ts'
import type { Compared } from './params.ts'

export type Finding = Compared['differing'][number]

/** Findings of one kind that a card or a failure names; the rest stands in the file of the job. */
export const LISTED = 5

/** One line a finding, at most `limit`, and one line for the rest and where it stands; `more` were never listed. */
export function describeFindings(
  findings: readonly Finding[],
  of: { readonly limit: number; readonly more?: number; readonly file?: string },
): string[] {
  const { limit, more = 0, file } = of
  const rest = findings.length - limit + more
  const lines = findings.slice(0, limit).map(describeFinding)
  return rest > 0
    ? [...lines, `and ${writeCount(rest)} more${file === undefined ? '' : `, in ${file} of the thread`}`]
    : lines
}

/** The same with both values in full, as far as they were kept. */
export function describeWhole(finding: Finding): string {
  const { expected, found } = finding
  const values = compares(finding) ? `\n  expected  ${writeWhole(expected)}\n  found     ${writeWhole(found)}` : ''
  return `${nameFinding(finding)}${values}`
}

/** A card cuts one of its values. */
export function isCut(finding: Finding): boolean {
  return compares(finding) && (isLong(finding.expected) || isLong(finding.found))
}

function describeFinding(finding: Finding): string {
  return `${nameFinding(finding)}${compares(finding) ? writeValues(finding.expected, finding.found) : ''}`
}

function compares({ subject, verdict, expected }: Finding): boolean {
  return (verdict === 'differs' || subject === 'check') && expected !== null
}

function nameFinding({ subject, name, verdict, why }: Finding): string {
  const kind = subject === 'object' ? '' : `${subject} `
  return `${kind}${name}: ${why === null ? verdict : describeFindingMessage(why)}`
}
