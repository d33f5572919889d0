/** Judging comes last and apart, so that what every check found is on record before the job fails for one. */
export function planTest(): readonly string[] {
  return ['ask', 'judge']
}
