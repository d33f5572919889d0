import type { Job } from './job.ts'
import type { JobView } from './view.ts'

/**
 * The jobs that took a job back, then took that back, and so on, oldest first; empty where its effect stands as it
 * left it. By what succeeded of the same incident, where a way back always is.
 */
export function findUndoOf(id: string, jobs: readonly JobView[]): Job[] {
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

/** The job that a job takes back, by its params; undefined for every other. */
function takesBack({ kind, params }: Job): string | undefined {
  const named = { undo: params.job, fix: params.undoes, config: params.back }[kind]
  return typeof named === 'string' ? named : undefined
}
