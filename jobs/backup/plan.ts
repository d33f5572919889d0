/** Look first, write, then read back what was written. */
export function planBackup(): readonly string[] {
  return ['preflight', 'dump', 'prove']
}
