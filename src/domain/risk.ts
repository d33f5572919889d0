/**
 * What a step may cost. `read` changes nothing; `reversible` changes something that has a way back and may
 * run again on a fresh target; `destructive` never executes twice.
 */
export type Risk = 'read' | 'reversible' | 'destructive'

const order: Record<Risk, number> = { read: 0, reversible: 1, destructive: 2 }

/** The gravest of several risks; `read` for none. */
export function gravestRisk(risks: readonly Risk[]): Risk {
  return risks.reduce<Risk>((worst, risk) => (order[risk] > order[worst] ? risk : worst), 'read')
}
