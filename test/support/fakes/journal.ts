import { chainStart, hashLink } from '../../../src/domain/chain.ts'
import type { Event, NewEvent } from '../../../src/domain/events.ts'
import type { Json } from '../../../src/domain/json.ts'

/** An event with the minute after 17:58 UTC (opening) at which it happened. */
export type Told = NewEvent & { readonly minute: number }

/** Chains events as the store does, numbered from 1. */
export function chainEvents(told: readonly Told[], incident = 7): Event[] {
  const events: Event[] = []
  for (const { minute, ...event } of told) {
    const prevHash = events.at(-1)?.hash ?? chainStart
    const at = new Date(Date.parse('2026-02-28T17:58:00.000Z') + minute * 60_000).toISOString()
    const link = { incident, no: events.length + 1, at, job: event.job ?? null, prevHash }
    const data = event.data as unknown as Json
    events.push({ ...event, ...link, hash: hashLink({ ...link, type: event.type, actor: event.actor, data }) } as Event)
  }
  return events
}

const opened: Told = {
  minute: 0,
  type: 'incident_opened',
  actor: 'alice',
  data: {
    title: 'Orders lost after cut-over',
    severity: 1,
    system: null,
    beganAt: '2026-02-28T17:10:00.000Z',
    beganSource: 'log',
    deadline: '2026-02-28T21:00:00.000Z',
    channel: 'C0INC',
  },
}

function asked(minute: number, job: string, kind: string, params: Json, words: string): Told {
  const data = { kind, params, words, planDigest: 'a'.repeat(64), lockTarget: null }
  return { minute, type: 'job_requested', job, actor: 'alice', data }
}

const failure = {
  code: 'service_died',
  facts: { service: 'orders-api', seconds: 2, said: '0' },
}
const digest = '4f1c'.repeat(16)
const approval = { approval: 'a1', code: '4f1c' }
const subject = {
  action: 'the switch of orders-db',
  verb: 'switch',
  target: 'orders',
  proven: '14 of 14 tables',
  unproven: 'none',
  lost: 'at most 212 orders',
  does: ['orders → orders_old_1'],
  back: 'Undo',
  details: [],
  ceiling: { 'public.orders': 212 },
  binds: {},
}

/** What the kind said of restore-1, as the journal keeps it. */
export const restoreReport = {
  summary: 'orders-db holds ⟦time:clock:2026-02-28T16:30:00.000Z⟧, proven',
  proven: ['14 of 14 tables', '9 of 9 checks'],
  lost: ['212 orders', '640 order_items'],
  left: ['orders_old_1 until 29 Nov'],
  undo: true,
  recovers: true,
}

export const restartReport = {
  summary: 'healthy: new process 4711',
  proven: ['orders-api answers 200 on /healthz'],
  lost: [],
  left: [],
  undo: false,
  recovers: true,
}

/** A night as the transcript tells it: restored, approved by bob, restarted at the second attempt, recovered 03:14. */
export function tellNight(): Told[] {
  return [
    opened,
    asked(1, 'restore-1', 'restore', { system: 'orders-db' }, 'restore orders-db'),
    { minute: 1, type: 'job_started', job: 'restore-1', actor: 'salvor', data: {} },
    {
      minute: 9,
      type: 'approval_asked',
      job: 'restore-1',
      actor: 'salvor',
      data: {
        ...approval,
        step: 'switch',
        attempt: 1,
        digest,
        approveBy: '2026-02-28T18:37:00.000Z',
        subject,
        why: null,
      },
    },
    {
      minute: 10,
      type: 'refused',
      actor: 'alice',
      data: { words: 'approve restore-1', code: 'approval_own', facts: { job: 'restore-1' } },
    },
    {
      minute: 11,
      type: 'approval_decided',
      job: 'restore-1',
      actor: 'bob',
      data: { ...approval, decision: 'approve', reason: null },
    },
    {
      minute: 11,
      type: 'approval_granted',
      job: 'restore-1',
      actor: 'bob',
      data: { ...approval, runBy: '2026-02-28T18:24:00.000Z' },
    },
    { minute: 11, type: 'approval_used', job: 'restore-1', actor: 'salvor', data: approval },
    {
      minute: 11,
      type: 'job_succeeded',
      job: 'restore-1',
      actor: 'salvor',
      data: { summary: restoreReport.summary, outcome: restoreReport },
    },
    asked(12, 'restart-2', 'restart', { service: 'orders-api' }, 'restart orders-api'),
    {
      minute: 13,
      type: 'step_failed',
      job: 'restart-2',
      actor: 'salvor',
      data: { step: 'restart', attempt: 1, failure },
    },
    { minute: 13, type: 'job_failed', job: 'restart-2', actor: 'salvor', data: { step: 'restart', failure } },
    {
      minute: 14,
      type: 'job_retried',
      job: 'restart-2',
      actor: 'alice',
      data: { by: 'alice', step: 'restart', attempt: 2 },
    },
    {
      minute: 16,
      type: 'job_succeeded',
      job: 'restart-2',
      actor: 'salvor',
      data: { summary: restartReport.summary, outcome: restartReport },
    },
    { minute: 16, type: 'incident_recovered', actor: 'salvor', data: { by: 'salvor' } },
    { minute: 20, type: 'note_added', actor: 'bob', data: { text: 'port 8080 was taken', lesson: false } },
    { minute: 21, type: 'note_added', actor: 'bob', data: { text: 'try | the <b>cut-over</b> twice', lesson: true } },
  ]
}
