import { type Ask, listAnswerers } from './ask.ts'
import type { JobState } from './job.ts'
import type { ProcedureStep } from './procedure.ts'
import type { Failure } from './step.ts'
import type { Waiting } from './waiting.ts'

export const runStates = ['running', 'succeeded', 'failed', 'stopped', 'needs_person'] as const

export type RunState = (typeof runStates)[number]

/** The legal moves of a run. From `failed`, `stopped` and `needs_person` it can be resumed. */
export const runMoves: Record<RunState, readonly RunState[]> = {
  running: ['succeeded', 'failed', 'stopped', 'needs_person'],
  succeeded: [],
  failed: ['running'],
  stopped: ['running'],
  needs_person: ['running', 'stopped'],
}

export function mayMoveRun(from: RunState, to: RunState): boolean {
  return runMoves[from].includes(to)
}

export const runStepStates = ['waiting', 'skipped', 'started', 'asked', 'done', 'refused'] as const

/** What a run itself knows of a step: how its job stands is the job's own state. */
export type RunStepState = (typeof runStepStates)[number]

/** `started → waiting` asks for a new job in the place of one that cannot go on; `refused → waiting` tries again. */
export const runStepMoves: Record<RunStepState, readonly RunStepState[]> = {
  waiting: ['started', 'asked', 'refused'],
  skipped: [],
  started: ['waiting'],
  asked: ['done'],
  done: [],
  refused: ['waiting'],
}

/** One execution of a procedure: jobs with an order between them. Times are ISO 8601 in UTC. */
export interface Run {
  /** `run-2`: counts over the installation. */
  readonly id: string
  readonly incident: number
  readonly procedure: string
  /** The procedure's title, for people. */
  readonly title: string
  readonly state: RunState
  /** The words that started it. */
  readonly words: string
  /** Who started it: the requester of its jobs. */
  readonly requester: string
  /** The same person in Slack, so that rights by user group can be looked up later. */
  readonly requesterSlack: string | null
  readonly requestedAt: string
  /** Digest of the recovery plan that its steps are pinned to. */
  readonly planDigest: string
  /** The position it began at, if not at the first. */
  readonly fromStep: number | null
  /** Why it does not move just now. */
  readonly waitingFor: Waiting | null
  readonly stopRequestedBy: string | null
  readonly stopRequestedAt: string | null
  readonly finishedAt: string | null
}

/** One step of a run. */
export interface RunStep extends ProcedureStep {
  /** `run-2/3`: unique over the store. */
  readonly id: string
  readonly run: string
  /** Positions that must be done before it starts. */
  readonly after: readonly number[]
  readonly state: RunStepState
  /** Raised whenever a new job is asked for in its place; part of the request id, so that each is asked for once. */
  readonly attempt: number
  readonly job: string | null
  /** Who had it tried again, if not the run's requester: that person then asks for its job. */
  readonly askedBy: string | null
  readonly askedBySlack: string | null
  /** Of a manual step: who did it, how they know, and when. */
  readonly doneBy: string | null
  readonly evidence: string | null
  readonly doneAt: string | null
  /** Why no job could be asked for. */
  readonly failure: Failure | null
}

/** A step with how its job stands. */
export interface RunStepView extends RunStep {
  readonly jobState: JobState | null
  readonly jobWaitsFor: Waiting | null
  /** True if what its job had made was put away: that job cannot go on. */
  readonly jobCleanedUp: boolean
}

/** All that a card of one run is drawn from, read in one snapshot. */
export interface RunView {
  readonly run: Run
  readonly steps: readonly RunStepView[]
  /** What people were asked in it, oldest first. */
  readonly asks: readonly Ask[]
}

/**
 * The roles whose people may say that a manual step was done: its owner, and those that its question has turned to since.
 * The one place that says so: who is told, who is shown it and who is let do it follow from here.
 */
export function listDoers({ asks }: Pick<RunView, 'asks'>, { id, owner }: Pick<RunStep, 'id' | 'owner'>): string[] {
  const ask = asks.find(({ subject, state }) => subject === id && state === 'asked')
  return [...new Set([...(owner === null ? [] : [owner]), ...(ask === undefined ? [] : listAnswerers(ask))])]
}

/** A manual step that waits for somebody: its run, and the roles whose people may do it now. */
interface AskedStep {
  readonly view: RunView
  readonly step: RunStepView
  readonly roles: readonly string[]
}

/** Manual steps that wait for somebody, over several runs. */
export function listAsked(runs: readonly RunView[]): AskedStep[] {
  return runs
    .filter(({ run }) => run.state === 'running')
    .flatMap((view) => view.steps.map((step) => ({ view, step, roles: listDoers(view, step) })))
    .filter(({ step }) => step.state === 'asked')
}
