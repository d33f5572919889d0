import type { BeganSource, Incident } from '../domain/incident.ts'
import type { Job } from '../domain/job.ts'
import type { JsonObject } from '../domain/json.ts'
import type { Utterance } from '../domain/person.ts'
import type { RunView } from '../domain/run.ts'
import type { Judgement } from './asks/judge-case.ts'
import type { PinnedMessage } from './moves/pins.ts'

/**
 * All moves that a person can make, each one transaction: state, event and request id together. The same
 * utterance twice answers what the first answered and changes nothing. Rights were checked by the caller
 * against the plan in force; approvals are checked again in here. All throw SalvorError.
 */
export interface Engine {
  openIncident(
    said: Utterance,
    of: {
      readonly title: string
      readonly severity: 1 | 2 | 3 | 4
      readonly system: string | null
      readonly channel: string | null
      readonly beganAt: string | null
      readonly beganSource: BeganSource | null
      readonly deadline: string | null
    },
  ): Promise<Incident>
  /** `reason` says why it is closed without recovery; null where there is none to give. */
  closeIncident(said: Utterance, incident: number, reason: string | null): Promise<Incident>
  reopenIncident(said: Utterance, incident: number): Promise<Incident>
  /** `to` is a person's id; whether they hold a role is for the caller to see. */
  handOver(said: Utterance, incident: number, to: string): Promise<void>
  /** Words for those who wait for the outcome; a severity of null leaves it as it is. */
  updateIncident(said: Utterance, incident: number, of: { text: string; severity: 1 | 2 | 3 | 4 | null }): Promise<void>
  /** Puts a message of the thread on the record, takes it off, and follows what its author makes of it. */
  pinMessage(said: Utterance, incident: number, message: PinnedMessage): Promise<void>
  unpinMessage(said: Utterance, incident: number, ts: string): Promise<void>
  followMessage(said: Utterance, incident: number, of: { ts: string; text: string | null }): Promise<void>
  addNote(said: Utterance, incident: number, text: string, lesson: boolean): Promise<void>
  /** Journals that a report was made from the first `events` events. */
  recordReport(said: Utterance, incident: number, of: { sha256: string; events: number; bytes: number }): Promise<void>
  /** Journals that somebody was refused. */
  recordRefusal(
    said: Utterance,
    incident: number | null,
    of: { words: string; code: string; said: string },
  ): Promise<void>
  requestJob(
    said: Utterance,
    of: { readonly incident: number; readonly kind: string; readonly params: JsonObject; readonly words: string },
  ): Promise<Job>
  /**
   * Approves what was shown: `digest` from a button, or `code` typed, of a card that was delivered before. Neither
   * decides nothing: approval_code. Five wrong codes close a card to words; see moves/choose-card.ts.
   * `factor` says that the person's one-time code was used up for it. Errors: approval_none, approval_own,
   * approval_role, approval_stale, approval_ended, approval_late, approval_factor, approval_code, approval_code_wrong,
   * approval_closed, approval_unseen, row_differs.
   */
  approve(
    said: Utterance,
    of: { readonly job: string; readonly digest?: string; readonly code?: string; readonly factor?: 'checked' },
  ): Promise<void>
  /** Whoever asked goes on alone, because nobody answered; see moves/decide-alone.ts. */
  approveAlone(
    said: Utterance,
    of: {
      readonly job: string
      readonly digest?: string
      readonly code?: string
      readonly reason: string
      readonly factor?: 'checked'
    },
  ): Promise<void>
  reject(
    said: Utterance,
    of: { readonly job: string; readonly digest?: string; readonly code?: string; readonly reason: string },
  ): Promise<void>
  /** Starts a procedure of the plan, from a step on if one is named. See moves/run.ts for its errors. */
  startRun(
    said: Utterance,
    of: { readonly incident: number; readonly procedure: string; readonly from: string | null; readonly words: string },
  ): Promise<RunView>
  /** A tester's word about a case of an acceptance test; the newest counts until the sign-off. */
  judgeCase(said: Utterance, of: Judgement): Promise<void>
  /** A person did a manual step of a run, and says how they know. */
  markDone(
    said: Utterance,
    of: { readonly run: string; readonly step: number; readonly evidence: string },
  ): Promise<void>
  /** Takes the id of a job or of a run; so do `resume` and `retry`. */
  stop(said: Utterance, job: string): Promise<void>
  /** Stops every run and every job of the incident that is not resting; answers their ids. */
  stopAll(said: Utterance, incident: number): Promise<string[]>
  resume(
    said: Utterance,
    job: string,
    settle?: { readonly as: 'done' | 'not-done'; readonly reason: string },
  ): Promise<void>
  /**
   * Goes on over findings for which a step refused, by their ids; see moves/accept.ts. Errors: accept_reason,
   * accept_none, accept_unknown, accept_never, move_illegal.
   */
  accept(
    said: Utterance,
    job: string,
    of: { readonly findings: readonly string[]; readonly reason: string },
  ): Promise<void>
  retry(said: Utterance, job: string): Promise<void>
  /** Requests the kind's `undo` job for a succeeded job. */
  undo(said: Utterance, job: string, words: string): Promise<Job>
}
