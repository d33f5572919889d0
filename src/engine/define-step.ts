import type { Acceptance } from '../domain/acceptance.ts'
import type { Approval, ApprovalSubject } from '../domain/approval.ts'
import type { AskTerms } from '../domain/ask.ts'
import type { ErrorMessage } from '../domain/errors/error-message.ts'
import type { Incident } from '../domain/incident.ts'
import type { Job } from '../domain/job.ts'
import type { Json } from '../domain/json.ts'
import type { LeftBehind } from '../domain/left-behind.ts'
import type { Progress } from '../domain/progress.ts'
import type { PostgresSystem, RecoveryPlan, ServiceSystem } from '../domain/recovery-plan.ts'
import type { Risk } from '../domain/risk.ts'
import type { TargetAddress } from '../ports/content-tools.ts'
import type { Log } from '../ports/log.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { Tools } from '../ports/tools.ts'

/** The one thing that a step is handed. Nothing else is reachable for it. */
export interface StepContext<P> {
  readonly job: Job
  readonly incident: Incident
  readonly params: P
  readonly step: { readonly id: string; readonly name: string; readonly attempt: number; readonly fence: number }
  /** Name of this Salvor among others that may work on the same machines. */
  readonly installation: string
  /** The plan that the job is pinned to. */
  readonly plan: RecoveryPlan
  /** A postgres or service system of the plan; throws `system_unknown` or `system_kind`. */
  postgres(system: string): PostgresSystem
  service(system: string): ServiceSystem
  /** Expands the system's urls from this process' environment; sessions carry this step's name. */
  target(system: string): TargetAddress
  /** Expands `${NAME}` in a text of the plan and makes a relative path absolute. */
  expand(text: string): string
  resolvePath(path: string): string
  /** Output of an earlier step of this job, `null` if it has none. The caller parses it with its own schema. */
  outputOf(step: string): Json
  /** Resume points of this step, over all attempts. */
  readonly records: { readonly [name: string]: Json }
  /** Writes a resume point into the journal before the effect it stands for. */
  record(name: string, value: Json): Promise<void>
  /** Findings over which people went on in this job. */
  readonly accepted: readonly Acceptance[]
  /** The approval that this run uses; null for steps that need none. */
  readonly approval: Approval | null
  /** Aborts on stop, on a lost lease and on shutdown. */
  readonly signal: AbortSignal
  progress(progress: Progress): void
  readonly tools: Tools
  readonly store: StoreReader
  readonly log: Log
  now(): Date
}

/** Looking at the world only: for evidence, for settling what is in doubt. */
export type LookContext<P> = Omit<StepContext<P>, 'record' | 'progress' | 'approval'>

/** The world's answer about a step whose runner vanished. `output` is what `run` would have answered. */
export type DoneAnswer =
  | { readonly done: 'yes'; readonly output: Json }
  | { readonly done: 'no' }
  | { readonly done: 'unknown'; readonly why: ErrorMessage }

/** One question of a step to people. */
interface StepAsk extends Omit<AskTerms, 'kind' | 'incident' | 'job' | 'run' | 'subject'> {
  readonly about: string
}

/** What a step may know as it asks. */
interface AskContext<P> {
  readonly job: Pick<Job, 'id' | 'requestedAt'>
  readonly params: P
  readonly plan: RecoveryPlan
  readonly now: Date
}

export interface StepDefinition<P> {
  /** One verb: `preflight`, `load`, `switch`. */
  readonly name: string
  /** For the checklist of the card: `load`. */
  readonly title: string
  readonly risk: Risk
  /** Steps that start tools or destroy run in a process of their own; the rest in the worker, under the same fence. */
  readonly where: 'worker' | 'runner'
  /** Name of the target whose `salvor:<step>:*` sessions must be gone before an attempt starts or is settled. */
  readonly sessionsOn?: (params: P) => string | null
  /**
   * Of a reversible step that only completes a destructive one before it: that one's card shows it, and its approval
   * covers it. Nobody is asked again about the rest of what was done already.
   */
  readonly partOf?: string
  /**
   * Set for steps that a person must approve: collects what the card shows. Called when the step is reached, and
   * again before it starts: if the digest differs, the approval is superseded and asked anew.
   */
  readonly evidence?: (context: LookContext<P>) => Promise<ApprovalSubject>
  /**
   * Set for a step that waits for people: what they are asked, from params and plan alone. It runs once all was
   * answered, or its time is over. `about` ends the subject of each question.
   */
  readonly asks?: (context: AskContext<P>) => readonly StepAsk[]
  /**
   * Does it. The answer is journaled; throw SalvorError for what people should read. What stands if nothing more
   * happens is its `leaves` (domain/left-behind.ts); until it is done, what it recorded by that name is.
   */
  readonly run: (context: StepContext<P>) => Promise<Json>
  /**
   * Set where a person may go on over what this step refuses for (`Failure.findings`): the later step whose approval
   * shows what was accepted, before all else.
   */
  readonly shownBy?: string
  /** True where what it destroys can be taken back by a job: only then may somebody go on alone in an emergency. */
  readonly undoable?: boolean
  /** Asks the world whether an attempt that vanished had its effect. Never assumes. */
  readonly isDone: (context: LookContext<P>) => Promise<DoneAnswer>
  /**
   * Puts away what a failed, stopped or undone attempt left (a half-filled side database). Must be safe to repeat.
   * Answers what remains, for the card.
   */
  readonly cleanUp?: (context: LookContext<P>) => Promise<LeftBehind[]>
}

/** What only reads may leave out `isDone`: it had no effect, so it is done once it has answered, and not before. */
type GivenStep<P> =
  | StepDefinition<P>
  | (Omit<StepDefinition<P>, 'isDone'> & { readonly risk: 'read'; readonly isDone?: undefined })

export function defineStep<P>(given: GivenStep<P>): StepDefinition<P> {
  return given.isDone === undefined ? { ...given, isDone: async () => ({ done: 'no' }) } : given
}
