import type { RefusedFinding } from './acceptance.ts'
import type { ApprovalSubject } from './approval.ts'
import type { ApprovalWhy } from './approval-why.ts'
import type { AskKind, AskQuestion, Unreached } from './ask.ts'
import type { ErrorMessage } from './errors/error-message.ts'
import type { Json } from './json.ts'
import type { LeftBehind } from './left-behind.ts'
import type { PageTrouble } from './page.ts'
import type { Risk } from './risk.ts'
import type { Failure } from './step.ts'
import type { CaseAnswer } from './uat.ts'

/**
 * Every fact that can enter the journal, and what it carries. Facts are never changed. Audit, Slack, logs,
 * metrics and tests all hang on this list; each has a line in Slack (`src/slack/lines.ts`), else nothing compiles.
 */
export interface EventMap {
  /** An incident was opened. */
  incident_opened: {
    title: string
    severity: number
    system: string | null
    beganAt: string | null
    beganSource: string | null
    deadline: string | null
    channel: string | null
  }
  /** Its service is back, as a successful job with proof says, or a person. */
  incident_recovered: { by: string }
  /** `reason`: why it was closed although service was not back; absent in older journals. */
  incident_closed: { by: string; reason?: string | null }
  incident_reopened: { by: string }
  /** The beginning of the migration became known. */
  incident_began_set: { beganAt: string; source: string }
  /** Another person leads from now on. */
  incident_handed_over: { from: string; to: string }
  /** Words for those who wait for the outcome; `severity` is null where it stays what it was. */
  incident_updated: { text: string; severity: number | null }
  /** A person put words on the record. */
  note_added: { text: string; lesson: boolean }
  /** A person put somebody's message of the thread on the record. `author` is a person's id, or `salvor`. */
  message_pinned: { channel: string; ts: string; author: string; text: string; saidAt: string }
  /** It was taken off again: no longer told, but in here for good. */
  message_unpinned: { ts: string }
  /** A message on the record was changed or deleted by its author. */
  message_edited: { ts: string; text: string }
  message_deleted: { ts: string }
  /** A person asked for a job. */
  job_requested: { kind: string; params: Json; words: string; planDigest: string; lockTarget: string | null }
  /** Its steps are known. */
  job_planned: { steps: { name: string; title: string; risk: Risk; needsApproval: boolean }[] }
  job_started: Record<string, never>
  job_succeeded: { summary: string; outcome: Json }
  job_failed: { step: string | null; failure: Failure }
  /** It was stopped for real; `left` says what remains. */
  job_stopped: { by: string; left: LeftBehind[] }
  job_rejected: { by: string; reason: string }
  /** The world could not say whether a step happened: a person must. */
  job_needs_person: { step: string; why: ErrorMessage }
  job_resumed: { by: string }
  /** A person goes on over findings for which a step refused; the actor is who, and answers for it. */
  findings_accepted: { step: string; findings: RefusedFinding[]; reason: string }
  job_retried: { by: string; step: string; attempt: number }
  stop_requested: { by: string }
  /** A person wants what a resting job left behind put away. */
  clean_up_requested: { by: string }
  /** It was put away; `left` says what still remains. */
  cleaned_up: { left: LeftBehind[] }
  lock_taken: { target: string }
  lock_released: { target: string; by: string | null; ended: 'succeeded' | 'failed' | 'stopped' | 'rejected' }
  step_started: { step: string; attempt: number; fence: number; runner: string; worker: string }
  step_done: { step: string; attempt: number; output: Json }
  step_failed: { step: string; attempt: number; failure: Failure }
  step_skipped: { step: string }
  step_in_doubt: { step: string; attempt: number; why: ErrorMessage }
  /** What the world (or a person, with a reason) answered about a step in doubt; `why`: what kept the world from it. */
  step_settled: {
    step: string
    answer: 'done' | 'not_done' | 'unknown'
    by: string
    reason: string | null
    why: ErrorMessage | null
  }
  /** A resume point, written before the effect it stands for. */
  step_recorded: { step: string; name: string; value: Json }
  approval_asked: {
    approval: string
    step: string
    attempt: number
    digest: string
    code: string
    approveBy: string
    subject: ApprovalSubject
    why: readonly ApprovalWhy[] | null
  }
  approval_decided: { approval: string; decision: 'approve' | 'reject'; reason: string | null; code: string }
  approval_granted: { approval: string; code: string; runBy: string }
  approval_used: { approval: string; code: string }
  approval_expired: { approval: string; code: string }
  /** So many wrong codes were typed for it that only its buttons decide from now on. */
  approval_closed: { approval: string; action: string; wrong: number }
  /** Most of the time to decide is over, and nobody did. */
  approval_reminded: { approval: string; code: string; action: string; approveBy: string }
  /** Nobody decided for so long that the people of other roles may do so too. */
  approval_escalated: { approval: string; code: string; action: string; to: string[]; approveBy: string }
  /** It stayed unanswered past its escalation: the plan's pager took a page, after so many tries. */
  page_sent: { approval: string; page: string; tries: number }
  /** The first try found nobody who took it; it is tried again until the approval is answered. */
  page_failed: { approval: string; page: string; why: PageTrouble }
  /** Whoever was paged says that they are awake, by the name that the pager has for them. Decides nothing. */
  page_acknowledged: { approval: string; page: string; by: string }
  /** Nobody answered, so whoever asked goes on alone. `told` are the roles that were asked in vain. */
  approval_emergency: { approval: string; code: string; action: string; reason: string; told: string[] }
  approval_superseded: { approval: string; code: string; why: readonly ApprovalWhy[] }
  /** A person started a procedure: its steps, and which of them each waits for. */
  run_started: {
    run: string
    procedure: string
    title: string
    words: string
    from: number | null
    planDigest: string
    steps: { step: number; title: string; after: number[] }[]
  }
  /** A step's turn has come: its job was asked for. `owner` names the roles whose people are told. */
  run_step_started: { run: string; step: number; title: string; job: string; owner: string[] }
  /** A manual step's turn has come: people with the role do it and press Done. */
  run_step_asked: { run: string; step: number; title: string; owner: string }
  run_step_done: { run: string; step: number; title: string; by: string; evidence: string }
  /** No job could be asked for: a right was missing, or the target is locked. `owner` names roles that could go on. */
  run_step_refused: { run: string; step: number; title: string; failure: Failure; owner: string[] }
  /** People were asked something: who may answer what, how many must, until when. */
  people_asked: {
    ask: string
    kind: AskKind
    question: AskQuestion
    roles: string[]
    answers: string[]
    needed: number
    answerBy: string | null
  }
  /** Nobody has answered yet, or too few. */
  ask_reminded: {
    ask: string
    kind: AskKind
    subject: string
    question: AskQuestion
    roles: string[]
  }
  /** People of other roles may answer as well. */
  ask_escalated: { ask: string; kind: AskKind; subject: string; question: AskQuestion; to: string[] }
  /** Its time is over. */
  ask_expired: { ask: string; kind: AskKind; subject: string; question: AskQuestion }
  /** A tester's word about a case; the newest of each counts. */
  case_judged: { ask: string; question: AskQuestion; answer: CaseAnswer; comment: string | null }
  /** People whom a job asked and no message reached, and why; where nobody holds a role that was asked, the role. */
  people_unreached: { people: { person: string; why: Unreached }[]; roles: string[] }
  /** Everything that a job's step asked was answered, or its time is over: the job goes on. */
  people_answered: { answers: number }
  run_succeeded: { run: string; summary: string }
  /** Nothing can go on. `blocked` are the steps that wait for one that did not succeed. */
  run_failed: { run: string; steps: { step: number; title: string; job: string | null }[]; blocked: number[] }
  run_stopped: { run: string; by: string }
  run_needs_person: { run: string; steps: { step: number; title: string; job: string | null }[] }
  /** `salvor` resumes it by itself when somebody has steered the job that had failed. */
  run_resumed: { run: string; by: string; steps: number[] }
  run_stop_requested: { run: string; by: string }
  /** A person was refused: who asked for what, and which right was missing. */
  refused: { words: string; code: string; said: string }
  plan_loaded: { digest: string; title: string }
  plan_refused: { said: string }
  report_made: { sha256: string; events: number; bytes: number }
}

export type EventType = keyof EventMap

/** A fact of one incident's journal. */
export type Event<T extends EventType = EventType> = {
  [K in T]: {
    readonly incident: number
    /** Counts from 1 in its incident, without gaps. */
    readonly no: number
    readonly at: string
    readonly type: K
    readonly job: string | null
    /** Person id, or `salvor` for what follows by itself. */
    readonly actor: string
    readonly data: EventMap[K]
    readonly prevHash: string
    readonly hash: string
    /** The text that was hashed. */
    readonly content?: string
  }
}[T]

/** A fact that is about to be journaled. */
export type NewEvent<T extends EventType = EventType> = {
  [K in T]: { readonly type: K; readonly job?: string | null; readonly actor: string; readonly data: EventMap[K] }
}[T]
