/** Look first, write, read back what was written, and see how it comes back. */
export function planBackup(): readonly string[] {
  return ['preflight', 'dump', 'prove', 'rehearse']
}
