import type { z } from 'zod'
import type { ApprovalSubject } from '../domain/approval.ts'
import type { KindCard } from '../domain/cards/job-card.ts'
import type { Instead } from '../domain/cards/job-words.ts'
import type { SalvorError } from '../domain/errors/fail.ts'
import type { JsonObject } from '../domain/json.ts'
import type { LeftBehind } from '../domain/left-behind.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import type { Scope } from '../domain/scope.ts'
import type { Failure } from '../domain/step.ts'
import type { JobView } from '../domain/view.ts'
import type { LookContext, StepDefinition } from './define-step.ts'

/** What a finished job says of itself: for the outcome message, the report and the brief. */
export interface JobReport {
  /** One line: `orders-db holds 01:30, proven 03:06`. May carry marks (domain/text.ts). */
  readonly summary: string
  /** What was proven, one fact a line. */
  readonly proven: readonly string[]
  readonly lost: readonly string[]
  /** What is left behind or to be done: `orders_old_1 until 29 Nov`. */
  readonly left: readonly string[]
  /** What was to be put away and could not be: it stays on the job until somebody has done it by hand. */
  readonly leftBehind?: readonly LeftBehind[]
  /** A job that a person may start now as the way back: `undo`. */
  readonly undo: boolean
  /** True if it brings service back: the incident is `recovered` once all its jobs are done. */
  readonly recovers: boolean
  /** True if it takes a recovery back: a recovered incident is open again, because what was broken is live again. */
  readonly reverts?: boolean
  /** What it brought back, where it put a copy of earlier data in place. */
  readonly back?: BroughtBack | undefined
  /** Ids of jobs whose effect it ended: what they had proven and left no longer holds. */
  readonly ends?: readonly string[] | undefined
}

/** Data that is live again, as it was at a moment. */
export interface BroughtBack {
  readonly system: string
  readonly asOf: string
  readonly since: string
  /** All of it was compared with where it came from, and nothing differs. */
  readonly whole: boolean
}

/**
 * Something that Salvor can do, declared in one place: engine, help, cards, docs and tests read this.
 * A new kind is one folder and one line in the register.
 */
export interface JobKind<P> {
  /** Also the name of its jobs: `restore` → `restore-3`. */
  readonly name: string
  readonly summary: string
  readonly params: z.ZodType<P>
  /** The lock it holds until it rests, such as `database:orders-db`; null changes nothing. */
  readonly lock: (params: P) => string | null
  /**
   * The target that it only looks at, such as `database:orders-db`: it begins once no job that holds the lock on it is
   * at a step that destroys, and what it found is over once something else stands there.
   */
  readonly looksAt?: (params: P) => string
  /** When the lock is taken: refuse at once, or wait for it. */
  readonly onLocked: 'refuse' | 'wait'
  /** What it is about, such as a system: its owner role may steer the job, its worker runs it. */
  readonly system: (params: P) => Scope
  /** A column of steps in the order in which they happen; a plan may leave some out. */
  readonly steps: readonly StepDefinition<P>[]
  /** Names of the steps that this request needs, in order; reads only params and plan. */
  readonly plan: (params: P, plan: RecoveryPlan) => readonly string[]
  /** What is left in the world when it fails or is stopped, in words for help and docs. */
  readonly leaves: string
  /**
   * What its card says beside steps and state: `headline` follows the job's id («orders-db from d-0130»), `lines`
   * stand below the checklist («Live database untouched.»), `code` below these as it is. May carry marks; must not
   * throw on unfinished state.
   */
  readonly card: (view: JobView) => KindCard
  readonly report: (view: JobView) => JobReport
  /**
   * The job that takes a finished one back, where that is not one of kind `undo`. Also asked for one that failed or was
   * stopped after its effect, as long as its report says that there is something to undo.
   */
  readonly undoneBy?: (view: JobView) => { readonly kind: string; readonly params: JsonObject }
  /**
   * Why an ended job whose report offers no undo cannot be taken back, and what can be done instead. Without it there
   * is nothing to take back, or it never came to its effect. Null for the same.
   */
  readonly noUndo?: (view: JobView) => SalvorError | null
  /** The job that a job of this kind takes back, by its params; undefined for one that takes none back. */
  readonly takesBack?: (params: P) => string | undefined
  /**
   * What one job put in a place that others of any kind may take after it. Only what stands there now can be taken
   * back: once another job has put something else there, that one goes first.
   */
  readonly stands?: (view: JobView) => Standing | null
  /** What can help after a failure beside trying again, or in its place; null where only that can. */
  readonly instead?: (view: JobView, failure: Failure) => Instead | null
  /** A file for the thread once it came to an end, whichever, redacted; null for none. Must not throw. */
  readonly document?: (view: JobView) => JobDocument | null
  /** What it would do, for a dry run: from params and plan alone, before anything was looked at. */
  readonly preview?: (params: P, plan: RecoveryPlan, names: PreviewNames) => JobPreview
  /**
   * What its reversible steps will do, as it looks now: for plans that want them approved. Called when the first of
   * them is reached and again before each; must not change with what these steps themselves do.
   */
  readonly changes?: (context: LookContext<P>) => Promise<Changes>
}

/** What stands in a place since a moment, by names that compare: `database:orders-db`, and the number of a database. */
export interface Standing {
  readonly on: string
  readonly as: string
  readonly since: string
}

/** All reversible steps of a job, as their card shows them and as the approval binds them. */
export interface Changes
  extends Pick<
    ApprovalSubject,
    'action' | 'verb' | 'target' | 'proven' | 'unproven' | 'lost' | 'ownCommands' | 'back' | 'details' | 'binds'
  > {
  readonly steps: { readonly [step: string]: StepChanges }
}

export interface StepChanges {
  /** Exact commands or SQL, one a line, secrets by name. */
  readonly does: readonly string[]
  /** What they stand on beside their words, such as the files that they name. */
  readonly binds: JsonObject
}

/** A text file that goes with a job's outcome. */
export interface JobDocument {
  readonly name: string
  readonly text: string
}

/** What a dry run may know of the environment: names, never addresses. */
export interface PreviewNames {
  /** The name of a system's database; in angle brackets where this process cannot know it. */
  database(system: string): string
}

/** What a job would do. Secrets stay by name; what only a look can tell stands in angle brackets. */
export interface JobPreview {
  /** Exact commands or SQL, one a line, by step. */
  readonly does: { readonly [step: string]: readonly string[] }
  /** The way back, in one sentence. */
  readonly back: string
}

/** Erases the params' type for registers; the engine parses params with the kind's own schema before each use. */
export type AnyJobKind = Omit<JobKind<never>, 'params'> & { readonly params: z.ZodType }

/** A report as a kind gives it: what it leaves out is nothing. */
export type GivenReport = Pick<JobReport, 'summary'> & Partial<JobReport>

const nothing = { proven: [], lost: [], left: [], undo: false, recovers: false }

/** Without a `plan` of its own every request needs all steps. */
export function defineJob<P>(
  kind: Omit<JobKind<P>, 'plan' | 'report'> &
    Partial<Pick<JobKind<P>, 'plan'>> & { readonly report: (view: JobView) => GivenReport },
): AnyJobKind {
  const plan = () => kind.steps.map(({ name }) => name)
  const report = (view: JobView): JobReport => ({ ...nothing, ...kind.report(view) })
  return { plan, ...kind, report } as unknown as AnyJobKind
}

/** The register as the engine sees it. */
export interface JobRegister {
  find(kind: string): AnyJobKind | undefined
  list(): readonly AnyJobKind[]
}
