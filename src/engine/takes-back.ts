import type { TakesBack } from '../domain/undone.ts'
import { attempt } from './attempt.ts'
import type { JobRegister } from './define-job.ts'

/** Which job a job takes back, by the register. */
export function takesBack(jobs: JobRegister): TakesBack {
  return ({ kind, params }) => attempt(() => jobs.find(kind)?.takesBack?.(params as never))
}
