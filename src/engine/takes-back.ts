import type { TakesBack } from '../domain/undone.ts'
import type { JobRegister } from './define-job.ts'

/** Which job a job takes back, by the register. */
export function takesBack(jobs: JobRegister): TakesBack {
  return ({ kind, params }) => jobs.find(kind)?.takesBack?.(params as never)
}
