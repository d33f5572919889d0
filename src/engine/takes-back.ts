import type { Job } from '../domain/job.ts'
import type { JobRegister } from './define-job.ts'

/** Which job a job takes back, as its kind says; undefined for one that takes none back. */
export function takesBack(jobs: JobRegister): (job: Pick<Job, 'kind' | 'params'>) => string | undefined {
  return ({ kind, params }) => jobs.find(kind)?.takesBack?.(params as never)
}
