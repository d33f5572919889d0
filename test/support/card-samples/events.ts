import { approvalWhy } from '../../../src/domain/approval-why.ts'
import type { Card } from '../../../src/domain/card.ts'
import { buildLineCard } from '../../../src/domain/cards/line-card.ts'
import { messageOf } from '../../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import type { Event, EventMap, EventType } from '../../../src/domain/events.ts'
import type { JobState } from '../../../src/domain/job.ts'
import { leftBehind } from '../../../src/domain/left-behind.ts'
import type { JobView } from '../../../src/domain/view.ts'
import { type Effect, listEffects } from '../../../src/slack/lines.ts'
import { makeJob } from '../../slack/support/world.ts'
import { restoreReport } from '../fakes/journal.ts'
import { acceptance, approval, minutesAway, restoreSteps, viewOf } from './world.ts'

const failure = {
  code: 'tool_failed',
  facts: {
    ...{ tool: 'pg_restore', code: 1, seen: 'could not extend file "base/16402/2619": No space left on device' },
  },
  excerpt:
    'pg_restore: error: could not execute query: ERROR:  could not extend file "base/16402/2619"\nHINT:  Check free disk space.',
}
const step = 'restore-1/load'
const ids = { approval: 'a1', code: '4f1c' }
const run = { run: 'run-2', step: 3, title: 'Restore orders-db' }
const subject = approval().subject
const asked = {
  ...{ ask: 'run-2/3#1', kind: 'manual' as const },
  question: { code: 'manual' as const, facts: { run: 'run-2', step: 3, title: 'Call the *vendor* <!here>' } },
}
const tried = {
  ask: 'uat-1/ask/1.2#1',
  question: { code: 'case' as const, facts: { job: 'uat-1', suite: 'order-entry', no: 2, name: 'Place an order' } },
}
const doubted = {
  ...{ ask: 'restore-1/load#1', kind: 'doubt' as const },
  question: { code: 'doubt' as const, facts: { job: 'restore-1', step: 'load' } },
}

/** What each kind of event carries on some night, once for each way in which its line differs. */
/** What each kind of event may carry. */
export const samples: { readonly [T in EventType]: readonly [EventMap[T], ...EventMap[T][]] } = {
  incident_opened: [
    {
      ...{ title: 'Orders lost after cut-over', severity: 1, system: 'orders-db', beganAt: minutesAway(-90) },
      ...{ beganSource: 'log', deadline: minutesAway(112), channel: 'C0INC' },
    },
  ],
  incident_recovered: [{ by: 'salvor' }, { by: 'carol' }],
  incident_closed: [
    { by: 'alice', reason: null },
    { by: 'alice', reason: 'false *alarm* <!here>' },
  ],
  incident_reopened: [{ by: 'bob' }],
  incident_began_set: [{ beganAt: minutesAway(-90), source: 'log' }],
  incident_handed_over: [{ from: 'alice', to: 'bob' }],
  incident_updated: [
    { text: 'Orders are being restored, until then take them on paper.', severity: null },
    { text: 'Payments are affected as well.', severity: 1 },
  ],
  note_added: [
    { text: 'phones are ringing, *please* hurry: <!channel> & `rm -rf`', lesson: false },
    { text: 'Try the cut-over twice before the night.', lesson: true },
  ],
  message_pinned: [{ channel: 'C0INC', ts: '1.2', author: 'dave', text: 'Tills are down.', saidAt: minutesAway(-3) }],
  message_unpinned: [{ ts: '1.2' }],
  message_edited: [{ ts: '1.2', text: 'Tills are up.' }],
  message_deleted: [{ ts: '1.2' }],
  job_requested: [{ kind: 'restore', params: {}, words: 'restore orders-db', planDigest: 'p', lockTarget: null }],
  job_planned: [{ steps: [{ name: 'load', risk: 'reversible', needsApproval: false }] }],
  job_started: [{}],
  job_succeeded: [{ summary: restoreReport.summary, outcome: restoreReport }],
  job_failed: [{ step, failure }],
  job_stopped: [
    {
      by: 'carol',
      left: [
        leftBehind('side_database', { name: 'orders_side_1' }),
        leftBehind('scratch_folder', { path: '/scratch/1' }),
      ],
    },
    { by: 'carol', left: [] },
  ],
  job_rejected: [{ by: 'dana', reason: 'wrong backup, take d-0130' }],
  job_needs_person: [
    {
      step: 'switch',
      why: messageOf(
        new SalvorError('switch_astray', {
          ...{ live: 'orders', liveOid: 16390, side: 'orders_side_1', sideOid: 16402, job: 'restore-1' },
        }),
      ),
    },
  ],
  job_resumed: [{ by: 'alice' }],
  findings_accepted: [
    { step: 'verify', findings: [acceptance()], reason: 'the audit table may be empty, *for now*' },
    { step: 'verify', findings: [acceptance(), acceptance()], reason: 'as agreed with finance' },
  ],
  job_retried: [{ by: 'alice', step, attempt: 2 }],
  stop_requested: [{ by: 'carol' }],
  clean_up_requested: [{ by: 'alice' }],
  cleaned_up: [{ left: [] }],
  lock_taken: [{ target: 'database:orders-db' }],
  lock_released: [
    { target: 'database:orders-db', by: null, ended: 'succeeded' },
    { target: 'database:orders-db', by: 'carol', ended: 'rejected' },
  ],
  step_started: [{ step, attempt: 1, fence: 1, runner: 'r', worker: 'db1' }],
  step_done: [{ step, attempt: 1, output: null }],
  step_failed: [{ step, attempt: 1, failure }],
  step_skipped: [{ step }],
  step_in_doubt: [{ step, attempt: 1, why: messageOf(new SalvorError('runner_gone', { step })) }],
  step_settled: [{ step, answer: 'done', by: 'alice', reason: 'saw it', why: null }],
  step_recorded: [{ step, name: 'side', value: 'orders_side_1' }],
  approval_asked: [
    { ...ids, step, attempt: 1, digest: '4f1c'.repeat(16), approveBy: minutesAway(28), subject, why: null },
  ],
  approval_decided: [
    { ...ids, decision: 'approve', reason: null },
    { ...ids, decision: 'reject', reason: 'wrong backup' },
  ],
  approval_granted: [{ ...ids, runBy: minutesAway(15) }],
  approval_used: [ids],
  approval_expired: [ids],
  approval_closed: [{ approval: ids.approval, action: 'the switch of orders-db', wrong: 5 }],
  approval_reminded: [{ ...ids, action: 'the switch of orders-db', approveBy: minutesAway(10) }],
  approval_escalated: [{ ...ids, action: 'the switch of orders-db', to: ['sysadmin'], approveBy: minutesAway(20) }],
  page_sent: [{ approval: ids.approval, page: 'p', tries: 1 }],
  page_failed: [{ approval: ids.approval, page: 'p', why: { code: 'page_refused', facts: { status: 503 } } }],
  page_acknowledged: [{ approval: ids.approval, page: 'p', by: 'Bob *Lee*' }],
  approval_emergency: [
    { ...ids, action: 'the switch of orders-db', reason: 'nobody answers and the shops open at six', told: ['dba'] },
  ],
  approval_superseded: [{ ...ids, why: [approvalWhy('rows_lost', { table: 'orders', now: 5, before: 2 })] }],
  run_started: [
    {
      ...{ run: 'run-2', procedure: 'cut-back', title: 'Back to the old schema', words: 'run cut-back', from: null },
      ...{ planDigest: 'p', steps: [{ step: 1, title: 'Freeze', after: [] }] },
    },
  ],
  run_step_started: [{ ...run, job: 'restore-1', owner: ['dba'] }],
  run_step_asked: [{ ...run, title: 'Tell the shops', owner: 'sysadmin' }],
  run_step_done: [{ ...run, title: 'Tell the shops', by: 'carol', evidence: 'mail sent 03:05' }],
  run_step_refused: [
    { ...run, failure, owner: [] },
    { ...run, failure, owner: ['sysadmin'] },
  ],
  people_asked: [{ ...asked, roles: ['dba'], answers: ['done'], needed: 1, answerBy: null }],
  ask_reminded: [
    { ...asked, subject: 'run-2/3', roles: ['dba'] },
    { ...doubted, subject: 'restore-1/load', roles: ['dba'] },
    { ...tried, kind: 'case', subject: 'uat-1/ask/1.2', roles: ['business'] },
  ],
  ask_escalated: [{ ...asked, subject: 'run-2/3', to: ['sysadmin'] }],
  ask_expired: [{ ...asked, subject: 'run-2/3' }],
  people_unreached: [
    {
      people: [
        { person: 'dave', why: 'no_slack' },
        { person: 'bob', why: 'no_direct' },
      ],
      roles: ['business'],
    },
  ],
  case_judged: [
    { ...tried, answer: 'pass', comment: null },
    { ...tried, answer: 'fail', comment: 'the *total* is empty <!here>' },
  ],
  people_answered: [{ answers: 4 }],
  run_succeeded: [{ run: 'run-2', title: 'Back to the old schema', done: 4, skipped: 1 }],
  run_failed: [{ run: 'run-2', steps: [{ step: 3, title: run.title, job: 'restore-1' }], blocked: [4, 5] }],
  run_stopped: [{ run: 'run-2', by: 'carol' }],
  run_needs_person: [{ run: 'run-2', steps: [{ step: 3, title: run.title, job: 'restore-1' }] }],
  run_resumed: [{ run: 'run-2', by: 'salvor', steps: [3] }],
  run_stop_requested: [{ run: 'run-2', by: 'carol' }],
  refused: [{ words: 'approve restore-1', code: 'approval_own', facts: { job: 'restore-1' } }],
  plan_loaded: [{ digest: 'a'.repeat(64), title: 'Orders migration' }],
  plan_refused: [{ code: 'unexpected', facts: { seen: 'line 4: roles.dba must not be empty' } }],
  report_made: [{ sha256: 'b'.repeat(64), events: 61, bytes: 9120 }],
}

/** The lines and outcomes that events say anew in the thread, by name; what they only draw again is a state. */
export function listEventCards(): { readonly name: string; readonly card: Card }[] {
  return Object.entries(samples).flatMap(([type, all]) =>
    all.flatMap((data, index) => {
      const actor = /^(note_added|approval_decided)$/.test(type) ? 'bob' : 'salvor'
      const place = { incident: 7, no: 9, at: minutesAway(0), job: 'restore-1', prevHash: '', hash: '' }
      const event = { ...place, type, actor, data } as unknown as Event
      return listEffects(event).flatMap((effect): { name: string; card: Card }[] => {
        const name = `event ${type} ${index + 1}`
        if (effect.kind === 'outcome') return [{ name, card: effect.build(afterwards(event.type), restoreReport) }]
        if (effect.kind === 'requester') return [{ name, card: effect.build(makeJob({ id: 'uat-1', kind: 'uat' })) }]
        return said[effect.kind] && 'text' in effect ? [{ name, card: buildLineCard(effect.text) }] : []
      })
    }),
  )
}

/** Which effects say something anew; of the others the state's own card is a sample. */
const said: { readonly [K in Effect['kind']]: boolean } = {
  ...{ root: false, job: false, run: false, ask: false, settle: false, manual: false, press: true, handover: false },
  ...{ settle_outcomes: false, settle_cases: false, below: false },
  ...{ say: true, call: true, run_end: true, outcome: true, case: false, cases_wait: false, requester: true },
}

const states: Partial<Record<EventType, JobState>> = {
  job_succeeded: 'succeeded',
  job_failed: 'failed',
  job_stopped: 'stopped',
  job_rejected: 'rejected',
  job_needs_person: 'needs_person',
}

/** The job as it stands after its event. */
function afterwards(type: EventType): JobView {
  const left =
    type === 'job_stopped' || type === 'job_failed' ? [leftBehind('side_database', { name: 'orders_side_1' })] : []
  return viewOf(
    { state: states[type] ?? 'running', leftBehind: left, finishedAt: minutesAway(-1) },
    restoreSteps({ state: 'failed' }),
  )
}
