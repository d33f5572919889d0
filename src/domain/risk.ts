/**
 * What a step may cost. `read` changes nothing; `reversible` changes something that has a way back and may
 * run again on a fresh target; `destructive` never executes twice.
 */
export type Risk = (typeof risks)[number]

export const risks = ['read', 'reversible', 'destructive'] as const
