import type { LogAnalysis, LogCause } from './log-analysis.ts'
import type { PlanRemedy, PlanText } from './recovery-plan.ts'
import { type Finding, matchRemedies } from './remedy-match.ts'

/** What an analysis found, as remedies are matched with it: what failed first, then the other failures. */
export function findingsOfLog(analysis: LogAnalysis, tables: readonly string[]): Finding[] {
  const causes = [...(analysis.root === null ? [] : [analysis.root]), ...analysis.others]
  return causes.filter(({ certain }) => certain).flatMap((cause) => toFindings(cause, tables))
}

/** A remedy of the plan that fits what a log shows. */
export interface LogRemedy {
  readonly system: string
  readonly remedy: string
  /** `code 22001, table customers` */
  readonly matched: string
}

/**
 * Remedies of the plan that an analysis calls for: of the systems whose migration writes this log, or of all where no
 * migration names it.
 */
export function matchLogRemedies(analysis: LogAnalysis, plan: Pick<PlanText, 'systems' | 'migrations'>): LogRemedy[] {
  const migrated = Object.values(plan.migrations).flatMap(({ log, system }) => (log === analysis.log ? [system] : []))
  const systems = migrated.length > 0 ? [...new Set(migrated)] : Object.keys(plan.systems)
  return systems.flatMap((system) => {
    const known = Object.hasOwn(plan.systems, system) ? plan.systems[system] : undefined
    const remedies = known?.kind === 'postgres' ? known.remedies : []
    const findings = findingsOfLog(analysis, namedTables(remedies))
    return matchRemedies(findings, remedies)
      .filter(({ matched }) => matched.length > 0)
      .map(({ remedy, matched }) => ({ system, remedy: remedy.name, matched: matched.join('; ') }))
  })
}

function namedTables(remedies: readonly PlanRemedy[]): string[] {
  return remedies.flatMap(({ when }) => (when.table === undefined ? [] : [when.table]))
}

/**
 * Servers do not always name the table, but programs often do in their own words («customers 51 to 100: value too
 * long»): then a table that the plan knows and that stands in the line as a word counts.
 */
function toFindings({ label, code, text, place }: LogCause, tables: readonly string[]): Finding[] {
  const finding = (table: string | null): Finding => ({ label, code, table, column: place.column, text })
  if (place.table !== null) return [finding(place.schema === null ? place.table : `${place.schema}.${place.table}`)]
  const words = new Set(text.toLowerCase().split(/[^\w$.]+/))
  const named = tables.filter((table) => words.has(table.toLowerCase()))
  return named.length > 0 ? named.map(finding) : [finding(null)]
}
