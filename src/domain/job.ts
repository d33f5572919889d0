import type { Json, JsonObject } from './json.ts'
import type { LeftBehind } from './left-behind.ts'
import type { Waiting } from './waiting.ts'

export const jobStates = [
  'requested',
  'planned',
  'running',
  'awaiting_approval',
  'awaiting_person',
  'succeeded',
  'failed',
  'stopped',
  'rejected',
  'needs_person',
] as const

export type JobState = (typeof jobStates)[number]

/** The legal moves of a job. From `failed`, `stopped` and `needs_person` a person can resume or retry. */
export const jobMoves: Record<JobState, readonly JobState[]> = {
  requested: ['planned', 'failed', 'stopped'],
  planned: ['running', 'failed', 'stopped'],
  running: ['awaiting_approval', 'awaiting_person', 'succeeded', 'failed', 'stopped', 'needs_person'],
  awaiting_approval: ['running', 'rejected', 'stopped', 'failed'],
  awaiting_person: ['running', 'failed', 'stopped'],
  succeeded: [],
  failed: ['running', 'requested'],
  stopped: ['running', 'requested'],
  rejected: [],
  needs_person: ['running', 'failed', 'stopped'],
}

/** States in which nothing happens any more unless a person steers; the job's lock is released only in these. */
export const restingStates: readonly JobState[] = ['succeeded', 'failed', 'stopped', 'rejected']

export function mayMoveJob(from: JobState, to: JobState): boolean {
  return jobMoves[from].includes(to)
}

export function isResting(state: JobState): boolean {
  return restingStates.includes(state)
}

/** One asked-for execution of a job kind. */
export interface Job {
  /** `restore-3`: the kind and a number that counts per kind over the installation. */
  readonly id: string
  readonly kind: string
  readonly incident: number
  readonly state: JobState
  readonly params: JsonObject
  /** The words that were typed or the button that was pressed, for the first line of the card. */
  readonly words: string
  readonly requester: string
  readonly requestedAt: string
  /** Digest of the recovery plan that its steps are pinned to. */
  readonly planDigest: string
  /** The worker that may run it; null for any. */
  readonly worker: string | null
  /** The lock it takes, such as `database:orders-db`; null when the kind changes nothing. */
  readonly lockTarget: string | null
  /** Why it does not move just now; null while it does. */
  readonly waitingFor: Waiting | null
  readonly stopRequestedBy: string | null
  readonly stopRequestedAt: string | null
  /** Set while a person's wish to put away what it left behind waits for the worker. */
  readonly cleanUpRequestedBy: string | null
  /** What it left in the world. */
  readonly leftBehind: readonly LeftBehind[]
  /** Number of its newest event: makes the id of its next wakeup. */
  readonly lastEvent: number
  readonly finishedAt: string | null
  /** What the kind's report says of it, once finished. */
  readonly outcome: Json
}
