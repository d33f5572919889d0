/** The column of steps, in the order in which they happen. */
export function planUndo(): readonly string[] {
  return ['check', 'switch', 'confirm']
}
