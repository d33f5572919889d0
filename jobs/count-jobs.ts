import { availableParallelism } from 'node:os'
import type { LookContext } from '../src/engine/define-step.ts'

/** More jobs than this only make the disk seek. */
const MOST_JOBS = 8

/** How many jobs pg_dump and pg_restore get: as the plan says, else by this machine. */
export function countJobs(context: Pick<LookContext<{ system: string }>, 'postgres' | 'params'>): number {
  return context.postgres(context.params.system).jobs ?? Math.min(MOST_JOBS, availableParallelism())
}
