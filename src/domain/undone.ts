import type { Job } from './job.ts'
import type { JobView } from './view.ts'

/** A job that succeeded, and which one it takes back. */
export interface Taker {
  readonly id: string
  readonly takes: string | undefined
}

/** Which job a job takes back, as its kind declares; undefined for one that takes none back. */
export type TakesBack = (job: Pick<Job, 'kind' | 'params'>) => string | undefined

/**
 * The jobs that took a job back, then took that back, and so on, oldest first; empty where its effect stands as it
 * left it.
 */
export function followUndo(id: string, takers: readonly Taker[]): string[] {
  const chain: string[] = []
  for (let sought: string | undefined = id; sought !== undefined; ) {
    const of: string = sought
    sought = takers.find(({ takes }) => takes === of)?.id
    if (sought === undefined || chain.includes(sought)) break
    chain.push(sought)
  }
  return chain
}

/** The same by what succeeded of the job's incident, where a way back always is. */
export function findUndoOf(id: string, jobs: readonly JobView[], takesBack: TakesBack): readonly string[] {
  const succeeded = jobs.filter(({ job }) => job.state === 'succeeded')
  const takers = succeeded.map(({ job }) => ({ id: job.id, takes: takesBack(job) }))
  return followUndo(id, takers)
}

/** Whether what a job did is so again, or still: what took it back was itself taken back. */
export function stillStands(takenBack: readonly string[]): boolean {
  return takenBack.length % 2 === 0
}

/** `undo-2, that by undo-3`, behind «taken back by». */
export function nameUndo(takenBack: readonly string[]): string {
  return takenBack.join(', that by ')
}
