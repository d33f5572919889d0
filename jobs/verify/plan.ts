import type { VerifyParams } from './params.ts'

/** Judging comes last and apart, so that what was found is on record before the job fails for it. */
export function planVerify({ deep }: VerifyParams): readonly string[] {
  return deep ? ['choose', 'compare', 'narrow', 'judge'] : ['choose', 'compare', 'judge']
}
