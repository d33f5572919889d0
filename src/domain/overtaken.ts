import { digestOf } from './digest.ts'
import type { Job } from './job.ts'
import { findUndoOf, stillStands, type TakesBack } from './undone.ts'
import type { JobView } from './view.ts'

/** What the kinds of jobs say, as far as it tells whether a failure is still about what is there. */
export interface KindsTell {
  /** The target that a job only looks at, such as `database:orders-db`. */
  readonly looksAt: (job: Job) => string | undefined
  /** The job that it takes back. */
  readonly takesBack: TakesBack
  /** What it put in a place, and since when. */
  readonly standing: (view: JobView) => { readonly on: string; readonly since: string } | null
}

/**
 * Jobs that failed and wait for nobody any more, and the later job that answered each: one that put something else where
 * they had looked or had wanted to put theirs, or that did what they could not do. Only what still stands answers; a job
 * that left something behind waits until somebody has put that away.
 */
export function findOvertaken(jobs: readonly JobView[], kinds: KindsTell): ReadonlyMap<string, string> {
  const answers = jobs.filter(({ job }) => job.state === 'succeeded').map((view) => readAnswer(view, jobs, kinds))
  const standing = answers.filter((one) => one !== null)
  return new Map(
    jobs.flatMap(({ job }) => {
      if (job.state !== 'failed' || job.finishedAt === null || job.leftBehind.length > 0) return []
      const answer = standing.findLast((one) => isAnswered(job, one, kinds))
      return answer === undefined ? [] : [[job.id, answer.job.id] as const]
    }),
  )
}

interface Answer {
  readonly job: Job
  /** Where it put something that stands there still or again, and since when; null where it is no such job. */
  readonly place: { readonly on: string; readonly since: number } | null
  readonly doneAt: number
}

function readAnswer(view: JobView, jobs: readonly JobView[], kinds: KindsTell): Answer | null {
  const { job } = view
  const chain = findUndoOf(job.id, jobs, kinds.takesBack)
  if (!stillStands(chain)) return null
  const last = jobs.find((one) => one.job.id === chain.at(-1)) ?? view
  // What takes another back puts in place what was looked at before it: that finding is about it again.
  const put = kinds.takesBack(job) === undefined ? kinds.standing(view) : null
  const since = put === null ? null : (kinds.standing(last)?.since ?? put.since)
  const place = put === null || since === null ? null : { on: put.on, since: Date.parse(since) }
  return { job, place, doneAt: Date.parse(job.finishedAt ?? job.requestedAt) }
}

function isAnswered(failed: Job, { job, place, doneAt }: Answer, kinds: KindsTell): boolean {
  const failedAt = Date.parse(failed.finishedAt ?? failed.requestedAt)
  if (failed.kind === job.kind && doneAt > failedAt && digestOf(failed.params) === digestOf(job.params)) return true
  if (place === null || place.since <= failedAt) return false
  return place.on === kinds.looksAt(failed) || (failed.kind === job.kind && place.on === failed.lockTarget)
}
