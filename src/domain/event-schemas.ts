import { z } from 'zod'
import { refusedFindingSchema } from './acceptance.ts'
import type { ApprovalSubject } from './approval.ts'
import type { ApprovalWhy } from './approval-why.ts'
import type { AskQuestion } from './ask.ts'
import type { ErrorMessage } from './errors/error-message.ts'
import type { Json } from './json.ts'
import type { LeftBehind } from './left-behind.ts'
import { codeWithFacts, messageOfType } from './message.ts'
import type { PageTrouble } from './page.ts'
import { risks } from './risk.ts'
import { failureSchema } from './step.ts'
import { code, id, name, time, typed } from './stored.ts'
import { caseAnswers } from './uat.ts'

const none = z.object({})
const count = z.number()
const json = z.custom<Json>()
const error = messageOfType<ErrorMessage>()
const left = z.array(messageOfType<LeftBehind>())
const why = z.array(messageOfType<ApprovalWhy>()).readonly()
const askKind = z.enum(['manual', 'doubt', 'case'])
const question = messageOfType<AskQuestion>()
const by = z.object({ by: id })
const attempt = { step: name, attempt: count }
const card = { approval: id, code }
/** Composed for a card when it was asked: not facts yet. */
const action = z.string()
const run = { run: id }
const runStep = { ...run, step: count, title: name }
const stuck = z.array(z.object({ step: count, title: name, job: id.nullable() }))

/**
 * Every fact that can enter the journal, and what it carries. Facts are never changed. Audit, Slack, logs, metrics and
 * tests all hang on this list; each has a line in Slack (`src/slack/lines.ts`), else nothing compiles. Strings are of
 * the kinds in stored.ts; what is a plain one is not there yet (`test/domain/stored.test.ts` lists it).
 */
export const eventSchemas = {
  /** An incident was opened. */
  incident_opened: z.object({
    ...{ title: typed, severity: count, system: name.nullable() },
    ...{ beganAt: time.nullable(), beganSource: code.nullable(), deadline: time.nullable(), channel: id.nullable() },
  }),
  /** Its service is back, as a successful job with proof says, or a person. */
  incident_recovered: by,
  /** `reason`: why it was closed although service was not back; absent in older journals. */
  incident_closed: z.object({ by: id, reason: typed.nullable() }),
  incident_reopened: by,
  /** The beginning of the migration became known. */
  incident_began_set: z.object({ beganAt: time, source: code }),
  /** Another person leads from now on. */
  incident_handed_over: z.object({ from: id, to: id }),
  /** Words for those who wait for the outcome; `severity` is null where it stays what it was. */
  incident_updated: z.object({ text: typed, severity: count.nullable() }),
  /** A person put words on the record. */
  note_added: z.object({ text: typed, lesson: z.boolean() }),
  /** A person put somebody's message of the thread on the record. `author` is a person's id, or `salvor`. */
  message_pinned: z.object({ channel: id, ts: id, author: id, text: typed, saidAt: time }),
  /** It was taken off again: no longer told, but in here for good. */
  message_unpinned: z.object({ ts: id }),
  /** A message on the record was changed or deleted by its author. */
  message_edited: z.object({ ts: id, text: typed }),
  message_deleted: z.object({ ts: id }),
  /** A person asked for a job. A run composes the words of its jobs. */
  job_requested: z.object({
    ...{ kind: code, params: json, words: z.string(), planDigest: id, lockTarget: name.nullable() },
  }),
  /** Its steps are known. */
  job_planned: z.object({ steps: z.array(z.object({ name, risk: z.enum(risks), needsApproval: z.boolean() })) }),
  job_started: none,
  job_succeeded: z.object({ summary: z.string(), outcome: json }),
  job_failed: z.object({ step: name.nullable(), failure: failureSchema }),
  /** It was stopped for real; `left` says what remains. */
  job_stopped: z.object({ by: id, left }),
  job_rejected: z.object({ by: id, reason: typed }),
  /** The world could not say whether a step happened: a person must. */
  job_needs_person: z.object({ step: name, why: error }),
  job_resumed: by,
  /** A person goes on over findings for which a step refused; the actor is who, and answers for it. */
  findings_accepted: z.object({ step: name, findings: z.array(refusedFindingSchema), reason: typed }),
  job_retried: z.object({ by: id, ...attempt }),
  stop_requested: by,
  /** A person wants what a resting job left behind put away. */
  clean_up_requested: by,
  /** It was put away; `left` says what still remains. */
  cleaned_up: z.object({ left }),
  lock_taken: z.object({ target: name }),
  lock_released: z.object({
    ...{ target: name, by: id.nullable(), ended: z.enum(['succeeded', 'failed', 'stopped', 'rejected']) },
  }),
  step_started: z.object({ ...attempt, fence: count, runner: id, worker: name }),
  step_done: z.object({ ...attempt, output: json }),
  step_failed: z.object({ ...attempt, failure: failureSchema }),
  step_skipped: z.object({ step: name }),
  step_in_doubt: z.object({ ...attempt, why: error }),
  /** What the world (or a person, with a reason) answered about a step in doubt; `why`: what kept the world from it. */
  step_settled: z.object({
    ...{ step: name, answer: z.enum(['done', 'not_done', 'unknown']), by: id },
    ...{ reason: typed.nullable(), why: error.nullable() },
  }),
  /** A resume point, written before the effect it stands for. */
  step_recorded: z.object({ step: name, name, value: json }),
  approval_asked: z.object({
    ...{ ...card, ...attempt, digest: id, approveBy: time },
    ...{ subject: z.custom<ApprovalSubject>(), why: why.nullable() },
  }),
  approval_decided: z.object({ ...card, decision: z.enum(['approve', 'reject']), reason: typed.nullable() }),
  approval_granted: z.object({ ...card, runBy: time }),
  approval_used: z.object(card),
  approval_expired: z.object(card),
  /** So many wrong codes were typed for it that only its buttons decide from now on. */
  approval_closed: z.object({ approval: id, action, wrong: count }),
  /** Most of the time to decide is over, and nobody did. */
  approval_reminded: z.object({ ...card, action, approveBy: time }),
  /** Nobody decided for so long that the people of other roles may do so too. */
  approval_escalated: z.object({ ...card, action, to: z.array(name), approveBy: time }),
  /** It stayed unanswered past its escalation: the plan's pager took a page, after so many tries. */
  page_sent: z.object({ approval: id, page: id, tries: count }),
  /** The first try found nobody who took it; it is tried again until the approval is answered. */
  page_failed: z.object({ approval: id, page: id, why: messageOfType<PageTrouble>() }),
  /** Whoever was paged says that they are awake, by the name that the pager has for them. Decides nothing. */
  page_acknowledged: z.object({ approval: id, page: id, by: name }),
  /** Nobody answered, so whoever asked goes on alone. `told` are the roles that were asked in vain. */
  approval_emergency: z.object({ ...card, action, reason: typed, told: z.array(name) }),
  approval_superseded: z.object({ ...card, why }),
  /** A person started a procedure: its steps, and which of them each waits for. */
  run_started: z.object({
    ...{ ...run, procedure: name, title: name, words: typed, from: count.nullable(), planDigest: id },
    steps: z.array(z.object({ step: count, title: name, after: z.array(count) })),
  }),
  /** A step's turn has come: its job was asked for. `owner` names the roles whose people are told. */
  run_step_started: z.object({ ...runStep, job: id, owner: z.array(name) }),
  /** A manual step's turn has come: people with the role do it and press Done. */
  run_step_asked: z.object({ ...runStep, owner: name }),
  run_step_done: z.object({ ...runStep, by: id, evidence: typed }),
  /** No job could be asked for: a right was missing, or the target is locked. `owner` names roles that could go on. */
  run_step_refused: z.object({ ...runStep, failure: failureSchema, owner: z.array(name) }),
  /** People were asked something: who may answer what, how many must, until when. */
  people_asked: z.object({
    ...{ ask: id, kind: askKind, question, roles: z.array(name), answers: z.array(code) },
    ...{ needed: count, answerBy: time.nullable() },
  }),
  /** Nobody has answered yet, or too few. */
  ask_reminded: z.object({ ask: id, kind: askKind, subject: id, question, roles: z.array(name) }),
  /** People of other roles may answer as well. */
  ask_escalated: z.object({ ask: id, kind: askKind, subject: id, question, to: z.array(name) }),
  /** Its time is over. */
  ask_expired: z.object({ ask: id, kind: askKind, subject: id, question }),
  /** A tester's word about a case; the newest of each counts. */
  case_judged: z.object({ ask: id, question, answer: z.enum(caseAnswers), comment: typed.nullable() }),
  /** People whom a job asked and no message reached, and why; where nobody holds a role that was asked, the role. */
  people_unreached: z.object({
    people: z.array(z.object({ person: id, why: z.enum(['no_slack', 'no_direct']) })),
    roles: z.array(name),
  }),
  /** Everything that a job's step asked was answered, or its time is over: the job goes on. */
  people_answered: z.object({ answers: count }),
  /** `done` counts steps, `skipped` those that it began behind. */
  run_succeeded: z.object({ ...run, title: name, done: count, skipped: count }),
  /** Nothing can go on. `blocked` are the steps that wait for one that did not succeed. */
  run_failed: z.object({ ...run, steps: stuck, blocked: z.array(count) }),
  run_stopped: z.object({ ...run, by: id }),
  run_needs_person: z.object({ ...run, steps: stuck }),
  /** `salvor` resumes it by itself when somebody has steered the job that had failed. */
  run_resumed: z.object({ ...run, by: id, steps: z.array(count) }),
  run_stop_requested: z.object({ ...run, by: id }),
  /** A person was refused: who asked for what, and which right was missing. */
  refused: codeWithFacts.extend({ words: typed }),
  plan_loaded: z.object({ digest: id, title: name }),
  plan_refused: codeWithFacts,
  report_made: z.object({ sha256: id, events: count, bytes: count }),
} as const
