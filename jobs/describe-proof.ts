import type { Verification } from '../src/domain/content.ts'
import { writeCount } from '../src/domain/count.ts'

/** What was compared and proven, kind by kind, in the words of cards and reports. What was not looked at is not told. */
export function describeProof(
  of: Pick<Verification, 'tables' | 'definitions' | 'sequences' | 'properties' | 'checks'>,
): string[] {
  const tallies = [
    ['tables', of.tables.proven, of.tables.total],
    ['definitions', of.definitions.proven, of.definitions.total],
    ['sequences', of.sequences.proven, of.sequences.total],
    ['properties of the database', of.properties.proven, of.properties.total],
    ['checks', of.checks.passed, of.checks.total],
  ] as const
  return tallies.flatMap(([what, proven, total]) =>
    what === 'tables' || total > 0 ? [`${writeCount(proven)} of ${writeCount(total)} ${what}`] : [],
  )
}
