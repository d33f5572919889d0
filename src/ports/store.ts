import type { Acceptance } from '../domain/acceptance.ts'
import type { Approval, Decision } from '../domain/approval.ts'
import type { NewEvent } from '../domain/events.ts'
import type { Incident } from '../domain/incident.ts'
import type { Job } from '../domain/job.ts'
import type { Json } from '../domain/json.ts'
import type { Person } from '../domain/person.ts'
import type { Progress } from '../domain/progress.ts'
import type { Step } from '../domain/step.ts'
import type { JobView } from '../domain/view.ts'
import type { AskTx, Unasked } from './asks.ts'
import type { DueTx } from './due.ts'
import type { StoreReader } from './reader.ts'
import type { RunTx } from './runs.ts'

/** Patches name only what changes. */
export type JobPatch = Partial<Omit<Job, 'id' | 'kind' | 'incident'>>
export type StepPatch = Partial<Omit<Step, 'id' | 'job' | 'name' | 'position'>>
export type IncidentPatch = Partial<Omit<Incident, 'number' | 'headNo' | 'headHash'>>
export type ApprovalPatch = Partial<
  Pick<
    Approval,
    | 'state'
    | 'grantedAt'
    | 'runBy'
    | 'why'
    | 'remindedAt'
    | 'escalatedAt'
    | 'page'
    | 'pagedAt'
    | 'acknowledgedBy'
    | 'acknowledgedAt'
  >
>

/** An incident as it is opened: nobody has taken over yet, and nothing was said to those who wait. */
export type NewIncident = Omit<Incident, 'headNo' | 'headHash' | 'lead' | 'updateText' | 'updatedBy' | 'updatedAt'>

/** What whoever asks says of an approval: the rest is the policy's and the job's. */
export type AskedApproval = Pick<Approval, 'id' | 'step' | 'attempt' | 'digest' | 'subject' | 'why'>

/** One transaction on the store. Rows are locked in the order run, job, incident, so that moves cannot deadlock. */
export interface StoreTx extends RunTx, DueTx, AskTx {
  /** Claims a request id. Answers what its first use answered, or undefined if this is the first. */
  claimRequest(id: string): Promise<{ answer: Json } | undefined>
  answerRequest(id: string, answer: Json): Promise<void>
  nextNumber(counter: string): Promise<number>
  lockIncident(number: number): Promise<Incident | undefined>
  insertIncident(incident: NewIncident): Promise<void>
  updateIncident(number: number, patch: IncidentPatch): Promise<void>
  lockJob(id: string): Promise<JobView | undefined>
  insertJob(job: Job): Promise<void>
  updateJob(id: string, patch: JobPatch): Promise<void>
  insertSteps(steps: readonly Step[]): Promise<void>
  /** Compare-and-set: false when the step is not in the given state, or was started by somebody else since. */
  moveStep(
    id: string,
    from: { state: Step['state']; fence?: number; runner?: string },
    patch: StepPatch,
  ): Promise<boolean>
  /**
   * `waiting → running` with a raised fence, the approval used up with it. False when step, job or approval is no longer
   * what it was.
   */
  startStep(
    id: string,
    as: { readonly fence: number; readonly runner: string; readonly approval: string | null },
  ): Promise<boolean>
  /** Asks; who must answer, until when and how often comes from the policy. Undefined where no policy wants it. */
  askApproval(asked: AskedApproval): Promise<Approval | undefined>
  /** Takes an open card away. */
  supersedeApproval(id: string, why: Approval['why'] & object): Promise<void>
  /** What follows from people's words and from their silence. */
  updateApproval(id: string, patch: ApprovalPatch): Promise<void>
  /** False when this person has decided already. */
  addDecision(approval: string, decision: Decision): Promise<boolean>
  /** A person goes on over a finding of a job; never changed afterwards. */
  addAcceptance(job: string, acceptance: Acceptance): Promise<void>
  /**
   * Was the card of an approval before this person's eyes before `before` (ISO 8601)? Posted in the thread or to them
   * directly, or shown at their terminal.
   */
  wasDelivered(approval: string, person: Person, before: string): Promise<boolean>
  /** How many wrong codes were typed for an approval so far. */
  countWrongCodes(approval: string): Promise<number>
  addWrongCode(approval: string, person: string): Promise<void>
  /** Answers the job that holds it: the given one if it was free or already its own. */
  takeLock(target: string, job: string, reason: string): Promise<string>
  releaseLock(target: string, job: string): Promise<boolean>
  /** Tells the runner of a job, when this commits, that a stop was asked. */
  announceStop(job: string): Promise<void>
  /** The newest fact about a message of the thread: whether it is on the record, and what it says there. */
  findPinned(incident: number, ts: string): Promise<{ pinned: boolean; text: string } | undefined>
  /** Appends facts to an incident's journal; answers the number of the last. `at` is the store's clock. */
  append(incident: number, ...events: NewEvent[]): Promise<number>
}

export interface Store extends StoreReader {
  transaction<T>(work: (tx: StoreTx) => Promise<T>): Promise<T>
  /** Names of the finished steps of a job whose output or records are not what the journal says that they found. */
  listAltered(job: string): Promise<string[]>
  /** Does an approval hold for a step, now? The very question that starting the step asks. */
  isHolding(approval: string, step: string): Promise<boolean>
  /** Jobs that should move and that nothing seems to move: for the sweep. */
  listStrandedJobs(olderThanMs: number): Promise<Job[]>
  /** The job whose approval a page was about. */
  findPaged(page: string): Promise<string | undefined>
  /** What waits for a person whom nobody has asked yet. */
  listUnasked(): Promise<Unasked[]>
  /** Runs that the keeper must look at. */
  listMovingRuns(): Promise<string[]>
}

/**
 * The right to run one step: an advisory lock in the store on a session of its own. While it is held nobody
 * else can start or settle the step; when its session ends, the lock ends with it.
 */
export interface Lease {
  readonly step: string
  /** A transaction on the very session that holds the lock: impossible once the lock is lost. */
  transaction<T>(work: (tx: StoreTx) => Promise<T>): Promise<T>
  /** Sign of life, with progress if given; answers whether a stop was asked. Throws when the store does not answer. */
  beat(of: {
    fence: number
    runner: string
    progress: Progress | null
  }): Promise<{ stopRequestedBy: string | null; stillMine: boolean }>
  /** Called when somebody asks to stop this step's job, or when the session is gone. */
  onStop(listener: () => void): void
  onLost(listener: () => void): void
  close(): Promise<void>
}

export interface Leases {
  /** Undefined when somebody else holds it. */
  tryHold(step: string): Promise<Lease | undefined>
}
