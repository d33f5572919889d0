import type { Finding, TableContent } from '../../domain/content.ts'
import { type FindingMessage, finding } from '../../domain/finding-texts.ts'
import type { TableOutcome } from './measure-tables.ts'
import type { Table } from './read-tables.ts'

/** Compares one table's rows and fingerprint. Either side may be absent; a table that could not be read is unproven. */
export function compareTable(
  name: string,
  expected: TableContent | undefined,
  outcome: TableOutcome | undefined,
  kind: Table['kind'] | undefined,
): Finding {
  const rows = expected?.rows ?? null
  const base = { subject: 'table', name, expected: rows } as const
  if (outcome === undefined) return { ...base, verdict: 'missing', found: null, why: finding('table_missing') }
  if ('why' in outcome)
    return { ...base, verdict: 'not_comparable', found: null, why: finding('table_unread', { seen: outcome.why }) }
  const { measure } = outcome
  const found = measure.rows
  if (expected === undefined)
    return { ...base, verdict: 'extra', found, why: finding('table_extra'), evidence: measure.fingerprint }
  if (measure.fingerprint === expected.fingerprint && found === expected.rows) {
    return { ...base, verdict: 'equal', found, why: null }
  }
  if (kind === 'materialized view') {
    // A restore refreshes it, so it may be newer than what was dumped without anything being wrong.
    return { ...base, verdict: 'not_comparable', found, why: finding('view_computed_anew') }
  }
  const evidence = `${expected.fingerprint} ${measure.fingerprint}`
  return { ...base, verdict: 'differs', found, why: explainRows(expected.rows, found), evidence }
}

/** `orders` and `public.orders` both name the table; no list names all. */
export function isNamed(name: string, asked: readonly string[] | undefined): boolean {
  if (asked === undefined) return true
  return asked.some((one) => one === name || name.slice(name.indexOf('.') + 1) === one)
}

/** How many rows, or that it is not their number. */
export function explainRows(expected: number, found: number): FindingMessage {
  if (found < expected) return finding('rows_fewer', { count: expected - found })
  if (found > expected) return finding('rows_more', { count: found - expected })
  return finding('rows_other')
}
