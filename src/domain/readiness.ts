/** Parts of a plan that are looked at before a night on which they are needed, in the order in which they are shown. */
export const readinessAreas = [
  'tools',
  'workers',
  'databases',
  'backups',
  'services',
  'hosts',
  'logs',
  'programs',
  'people',
] as const

export type ReadinessArea = (typeof readinessAreas)[number]

/** One thing that was looked at. */
export interface ReadinessFinding {
  readonly area: ReadinessArea
  /** What was looked at: `orders-db`, `pg_restore`, `role dba`. */
  readonly subject: string
  /**
   * `good`: as it has to be. `warning`: works, but somebody should know. `bad`: a recovery would fail or wait for it.
   * `unknown`: cannot be told from this process.
   */
  readonly state: 'good' | 'warning' | 'bad' | 'unknown'
  readonly seen: string
  /** What to do about it; '' where nothing has to be done. */
  readonly fix: string
}

/** Is the plan ready? Only without anything bad; what cannot be told does not count as good. */
export function isReady(findings: readonly ReadinessFinding[]): boolean {
  return findings.every(({ state }) => state === 'good' || state === 'warning')
}
