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
 * that left something behind waits until somebody has put that away, and what was found waits again once that is live
 * again in which it was found.
 */
export function findOvertaken(jobs: readonly JobView[], kinds: KindsTell): ReadonlyMap<string, string> {
  const succeeded = jobs.filter(({ job }) => job.state === 'succeeded')
  const puts = succeeded.flatMap((view) => readPut(view, jobs, kinds) ?? [])
  const answers = succeeded.filter(({ job }) => stillStands(findUndoOf(job.id, jobs, kinds.takesBack)))
  return new Map(
    jobs.flatMap(({ job }) => {
      if (job.state !== 'failed' || job.finishedAt === null || job.leftBehind.length > 0) return []
      const answer = answers.findLast((one) => isAnswered(job, one.job, puts, kinds))
      return answer === undefined ? [] : [[job.id, answer.job.id] as const]
    }),
  )
}

/** What a job put in a place, and the moments at which it came there, went, came back, and so on. */
interface Put {
  readonly id: string
  readonly on: string
  readonly turns: readonly number[]
}

/** Null for what takes another back: it puts in place what was there before that one, so this one is the one that turns. */
function readPut(view: JobView, jobs: readonly JobView[], kinds: KindsTell): Put | null {
  const { job } = view
  const put = kinds.takesBack(job) === undefined ? kinds.standing(view) : null
  if (put === null) return null
  const takers = findUndoOf(job.id, jobs, kinds.takesBack).flatMap((id) => jobs.find((one) => one.job.id === id) ?? [])
  const turned = takers.map((one) => Date.parse(kinds.standing(one)?.since ?? '') || doneAt(one.job))
  return { id: job.id, on: put.on, turns: [Date.parse(put.since), ...turned] }
}

/** The job whose put stood in a place at a moment, above what else was put there; undefined for what was there before. */
function findThere(puts: readonly Put[], on: string, at: number): string | undefined {
  const there = puts
    .map(({ id, on, turns }) => ({ id, on, turns: turns.filter((turn) => turn <= at) }))
    .filter((put) => put.on === on && put.turns.length % 2 === 1)
  return there.toSorted((one, other) => Math.max(...one.turns) - Math.max(...other.turns)).at(-1)?.id
}

function isAnswered(failed: Job, by: Job, puts: readonly Put[], kinds: KindsTell): boolean {
  const failedAt = doneAt(failed)
  const looked = kinds.looksAt(failed)
  const isSameNow = (on: string, at: number) =>
    findThere(puts, on, at) === findThere(puts, on, Number.POSITIVE_INFINITY)
  if (failed.kind === by.kind && doneAt(by) > failedAt && digestOf(failed.params) === digestOf(by.params)) {
    // Who only looked answers for what they looked at, and for nothing that was put there afterwards.
    if (looked === undefined || isSameNow(looked, doneAt(by))) return true
  }
  const put = puts.find(({ id }) => id === by.id)
  if (put === undefined || Math.max(...put.turns) <= failedAt || isSameNow(put.on, failedAt)) return false
  return put.on === looked || (failed.kind === by.kind && put.on === failed.lockTarget)
}

function doneAt(job: Job): number {
  return Date.parse(job.finishedAt ?? job.requestedAt)
}
