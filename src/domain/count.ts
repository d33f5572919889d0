/** A number of things as people read it at night: `149,755`. Never for names of things, such as `#1042` or an OID. */
export function writeCount(count: number): string {
  return count.toLocaleString('en-US')
}
