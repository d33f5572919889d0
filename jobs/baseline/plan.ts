/** One measurement, in one snapshot. */
export function planBaseline(): readonly string[] {
  return ['measure']
}
