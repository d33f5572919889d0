import { z } from 'zod'
import { refusedFindingSchema } from './acceptance.ts'
import type { Json } from './json.ts'
import { codeWithFacts } from './message.ts'
import type { Progress } from './progress.ts'
import type { Risk } from './risk.ts'
import { printed } from './stored.ts'

export const stepStates = ['waiting', 'running', 'done', 'skipped', 'failed', 'in_doubt', 'needs_person'] as const

export type StepState = (typeof stepStates)[number]

/**
 * The legal moves of a step. `in_doubt` is left only by asking the world (or by a person, from `needs_person`);
 * `failed → waiting` is a retry, which raises the attempt.
 */
export const stepMoves: Record<StepState, readonly StepState[]> = {
  waiting: ['running', 'skipped'],
  running: ['done', 'failed', 'in_doubt', 'waiting'],
  done: [],
  skipped: [],
  failed: ['waiting'],
  in_doubt: ['done', 'waiting', 'needs_person'],
  needs_person: ['done', 'waiting'],
}

/** It is being found out whether it happened, or a person has to say so. */
export function isInDoubt(state: StepState | undefined): boolean {
  return state === 'in_doubt' || state === 'needs_person'
}

export function mayMoveStep(from: StepState, to: StepState): boolean {
  return stepMoves[from].includes(to)
}

/** What is kept of a failure: a code of the error catalogue with its facts; its words are made where they are shown. */
export const failureSchema = codeWithFacts.extend({
  /** A short redacted excerpt of what the tool printed, if any. */
  excerpt: printed.optional(),
  /** What it refused for, one by one, where a person may go on over it. */
  findings: z.array(refusedFindingSchema).readonly().optional(),
})

export type Failure = Readonly<z.infer<typeof failureSchema>>

/** One effect inside a job. */
export interface Step {
  /** `restore-3/load`: unique over the store, also the name of target sessions (`salvor:<id>:<fence>`). */
  readonly id: string
  readonly job: string
  readonly position: number
  readonly name: string
  readonly title: string
  readonly risk: Risk
  readonly needsApproval: boolean
  /** Roles that will have to approve it, as far as the plan could tell when the job was planned. */
  readonly approvalFrom?: readonly string[]
  /** The system whose policy counts for it; null for what belongs to none. */
  readonly policySystem?: string | null
  /** Covered by the one approval of its job's reversible steps. */
  readonly shared?: boolean
  /** A job can take back what it destroys. */
  readonly undoable?: boolean
  readonly state: StepState
  readonly attempt: number
  /** Raised by each start; whoever holds an older fence can no longer write a result. */
  readonly fence: number
  readonly runner: string | null
  readonly output: Json
  /** Resume points recorded before effects, by name; kept over attempts. */
  readonly records: { readonly [name: string]: Json }
  readonly failure: Failure | null
  readonly progress: Progress | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  /** Last sign of life of the process that runs it. */
  readonly seenAt: string | null
}
