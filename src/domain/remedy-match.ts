import type { PlanRemedy } from './recovery-plan.ts'

/** One thing that went wrong, as an analysis of a log or a group of rejects tells it. Unknown is null. */
export interface Finding {
  /** A label of the log's classes: `data_conversion`. */
  readonly label: string | null
  /** SQLSTATE or another server's code. */
  readonly code: string | null
  readonly table: string | null
  readonly column?: string | null
  /** Redacted words of it. */
  readonly text: string
}

/** A remedy and what it matched of each finding that it fits. */
export interface RemedyMatch {
  readonly remedy: PlanRemedy
  /** `code 22001, table customers`, one a finding; empty: nothing that was seen calls for it. */
  readonly matched: readonly string[]
}

/**
 * Which remedies the findings call for, those that do first, else in the order of the plan. A remedy fits a finding
 * if all that its `when` says holds; one that says nothing fits nothing. Case and schema of names do not count, and
 * `match` is plain words to be found in the text, not a pattern: people write brackets in there.
 */
export function matchRemedies(findings: readonly Finding[], remedies: readonly PlanRemedy[]): RemedyMatch[] {
  return remedies
    .map((remedy) => ({
      remedy,
      matched: [...new Set(findings.flatMap((finding) => matchOne(finding, remedy.when) ?? []))],
    }))
    .sort((one, other) => Number(other.matched.length > 0) - Number(one.matched.length > 0))
}

/** What fitted, in words; null when something did not. */
function matchOne(finding: Finding, when: PlanRemedy['when']): string | null {
  const asked = [
    { what: 'label', wanted: when.label, fits: same(finding.label, when.label) },
    { what: 'code', wanted: when.code, fits: same(finding.code, when.code) },
    { what: 'table', wanted: when.table, fits: sameTable(finding.table, when.table) },
    { what: 'words', wanted: when.match, fits: has(finding.text, when.match) },
  ].filter(({ wanted }) => wanted !== undefined)
  if (asked.length === 0 || asked.some(({ fits }) => !fits)) return null
  return asked.map(({ what, wanted }) => `${what} ${wanted}`).join(', ')
}

function same(seen: string | null, wanted: string | undefined): boolean {
  return seen !== null && wanted !== undefined && seen.toLowerCase() === wanted.toLowerCase()
}

function sameTable(seen: string | null, wanted: string | undefined): boolean {
  if (seen === null || wanted === undefined) return false
  const [one, other] = [seen.toLowerCase(), wanted.toLowerCase()]
  const bare = (name: string) => name.slice(name.lastIndexOf('.') + 1)
  // A schema counts only where both name one.
  return one.includes('.') && other.includes('.') ? one === other : bare(one) === bare(other)
}

function has(text: string, wanted: string | undefined): boolean {
  return wanted !== undefined && text.toLowerCase().includes(wanted.toLowerCase())
}
