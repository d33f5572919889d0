/** The column of steps, in the order in which they happen. */
export function planRestore(): readonly string[] {
  return ['choose', 'preflight', 'create', 'load', 'analyze', 'verify', 'switch']
}
