import type { Job } from './job.ts'
import type { JobView } from './view.ts'

/**
 * The jobs that took a job back, then took that back, and so on, oldest first; empty where its effect stands as it
 * left it. By what succeeded of the same incident, where a way back always is; `takesBack` says which job one takes
 * back, as its kind declares it.
 */
export function findUndoOf(id: string, jobs: readonly JobView[], takesBack: (job: Job) => string | undefined): Job[] {
  const chain: Job[] = []
  let sought: string | undefined = id
  while (sought !== undefined) {
    const of: string = sought
    const found = jobs.find(({ job }) => job.state === 'succeeded' && takesBack(job) === of)?.job
    if (found === undefined || chain.includes(found)) break
    chain.push(found)
    sought = found.id
  }
  return chain
}
