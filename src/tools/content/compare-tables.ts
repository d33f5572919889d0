import type { Finding, TableContent } from '../../domain/content.ts'
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
  if (outcome === undefined) return { ...base, verdict: 'missing', found: null, why: 'the table is not there' }
  if ('why' in outcome) return { ...base, verdict: 'not_comparable', found: null, why: outcome.why }
  const { measure } = outcome
  const found = measure.rows
  if (expected === undefined) return { ...base, verdict: 'extra', found, why: 'only this side has the table' }
  if (measure.fingerprint === expected.fingerprint && found === expected.rows) {
    return { ...base, verdict: 'equal', found, why: null }
  }
  if (kind === 'materialized view') {
    // A restore refreshes it, so it may be newer than what was dumped without anything being wrong.
    return { ...base, verdict: 'not_comparable', found, why: 'a materialised view is computed anew by a restore' }
  }
  return { ...base, verdict: 'differs', found, why: explainRows(expected.rows, found) }
}

/** `orders` and `public.orders` both name the table; no list names all. */
export function isNamed(name: string, asked: readonly string[] | undefined): boolean {
  if (asked === undefined) return true
  return asked.some((one) => one === name || name.slice(name.indexOf('.') + 1) === one)
}

function explainRows(expected: number, found: number): string {
  if (found < expected) return `${expected - found} rows fewer`
  if (found > expected) return `${found - expected} rows more`
  return 'as many rows, with other content'
}
