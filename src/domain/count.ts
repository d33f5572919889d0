/**
 * A number of things as people read it at night: `149,755`. Also where it came as digits, as large numbers of a database
 * do; other words stay. Never for names of things, such as `#1042` or an OID.
 */
export function writeCount(count: number | string): string {
  if (typeof count === 'number') return count.toLocaleString('en-US')
  return /^-?\d+$/.test(count) ? BigInt(count).toLocaleString('en-US') : count
}
