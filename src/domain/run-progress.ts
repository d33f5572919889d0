import type { JobState } from './job.ts'
import type { RunState, RunStepView, RunView } from './run.ts'
import { listDependants } from './run-graph.ts'

/** How a step of a run stands, its job included. */
export type RunStepStatus =
  | 'waiting'
  | 'skipped'
  | 'working'
  | 'asked'
  | 'done'
  | 'failed'
  | 'stopped'
  | 'doubt'
  | 'refused'

/** What follows from how the steps stand. */
export interface RunProgress {
  readonly statuses: ReadonlyMap<number, RunStepStatus>
  /** Steps that wait for nothing any more. */
  readonly ready: readonly number[]
  /** Steps that wait for one that did not succeed, directly or through others. */
  readonly blocked: readonly number[]
  /** The state that the run should be in. */
  readonly state: RunState
}

const ended: { readonly [state in JobState]?: RunStepStatus } = {
  succeeded: 'done',
  failed: 'failed',
  rejected: 'failed',
  stopped: 'stopped',
  needs_person: 'doubt',
}

/** Steps in these do not come to an end by themselves: somebody has to resume. */
const stuck: readonly RunStepStatus[] = ['failed', 'stopped', 'doubt', 'refused']

export function statusOf(step: Pick<RunStepView, 'state' | 'jobState'>): RunStepStatus {
  if (step.state !== 'started') return step.state
  return (step.jobState === null ? undefined : ended[step.jobState]) ?? 'working'
}

/** True for a step that keeps others from starting until somebody does something about it. */
export function isStuck(step: Pick<RunStepView, 'state' | 'jobState'>): boolean {
  return stuck.includes(statusOf(step))
}

/**
 * Where a run stands and what may start now. Pure: from the steps' own order and their jobs' states alone. A step that
 * did not succeed blocks what waits for it and nothing else; while anything else can go on, the run goes on.
 */
export function findProgress({ run, steps }: Pick<RunView, 'run' | 'steps'>): RunProgress {
  const statuses = new Map(steps.map((step) => [step.position, statusOf(step)]))
  const isOver = (position: number) => ['done', 'skipped'].includes(statuses.get(position) ?? 'done')
  const open = steps.filter((step) => step.state === 'waiting')
  const ready = open.filter((step) => step.after.every(isOver)).map((step) => step.position)
  const after = new Map(steps.map((step) => [step.position, step.after]))
  const behind = listDependants(
    after,
    steps.filter(isStuck).map((step) => step.position),
  )
  const blocked = open.map((step) => step.position).filter((position) => behind.has(position))
  const found = new Set(statuses.values())
  return { statuses, ready, blocked, state: findState(found, ready.length > 0, run.stopRequestedAt !== null) }
}

function findState(found: ReadonlySet<RunStepStatus>, hasReady: boolean, stopping: boolean): RunState {
  const unfinished = [...found].filter((status) => status !== 'done' && status !== 'skipped')
  if (unfinished.length === 0) return 'succeeded'
  // A job in doubt is stopped as well; until it is, the run is still at it.
  if (stopping) return found.has('working') || found.has('doubt') ? 'running' : 'stopped'
  if (found.has('working') || found.has('asked') || hasReady) return 'running'
  return found.has('doubt') ? 'needs_person' : 'failed'
}
