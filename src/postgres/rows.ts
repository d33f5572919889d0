import type { Acceptance, RefusedFinding } from '../domain/acceptance.ts'
import type { Approval, Decision } from '../domain/approval.ts'
import type { Event } from '../domain/events.ts'
import type { Incident } from '../domain/incident.ts'
import type { Job } from '../domain/job.ts'
import { readLeftBehind } from '../domain/left-behind.ts'
import type { Step } from '../domain/step.ts'
import type { Waiting } from '../domain/waiting.ts'

/** A row as node-postgres hands it out: timestamps are Date, jsonb is parsed, bigint is a number. */
export type Row = Record<string, unknown>

function time(value: unknown): string | null {
  return value instanceof Date ? value.toISOString() : null
}

function sureTime(value: unknown): string {
  if (!(value instanceof Date)) throw new TypeError('a timestamp of the store is missing')
  return value.toISOString()
}

export function readIncident(row: Row): Incident {
  return {
    number: row.number as number,
    title: row.title as string,
    severity: row.severity as Incident['severity'],
    state: row.state as Incident['state'],
    channel: row.channel as string | null,
    system: row.system as string | null,
    openedBy: row.opened_by as string,
    openedAt: sureTime(row.opened_at),
    lead: row.lead as string | null,
    updateText: row.update_text as string | null,
    updatedBy: row.updated_by as string | null,
    updatedAt: time(row.updated_at),
    beganAt: time(row.began_at),
    beganSource: row.began_source as Incident['beganSource'],
    deadline: time(row.deadline),
    recoveredAt: time(row.recovered_at),
    closedAt: time(row.closed_at),
    headNo: row.head_no as number,
    headHash: row.head_hash as string,
  }
}

export function readJob(row: Row): Job {
  return {
    id: row.id as string,
    kind: row.kind as string,
    incident: row.incident as number,
    state: row.state as Job['state'],
    params: row.params as Job['params'],
    words: row.words as string,
    requester: row.requester as string,
    requestedAt: sureTime(row.requested_at),
    planDigest: row.plan_digest as string,
    worker: row.worker as string | null,
    lockTarget: row.lock_target as string | null,
    waitingFor: row.waiting_for as Waiting | null,
    stopRequestedBy: row.stop_requested_by as string | null,
    stopRequestedAt: time(row.stop_requested_at),
    cleanUpRequestedBy: row.clean_up_requested_by as string | null,
    leftBehind: readLeftBehind(row.left_behind),
    lastEvent: row.last_event as number,
    finishedAt: time(row.finished_at),
    outcome: (row.outcome ?? null) as Job['outcome'],
  }
}

export function readStep(row: Row): Step {
  return {
    id: row.id as string,
    job: row.job as string,
    position: row.position as number,
    name: row.name as string,
    title: row.title as string,
    risk: row.risk as Step['risk'],
    needsApproval: row.needs_approval as boolean,
    approvalFrom: row.approval_from as string[],
    state: row.state as Step['state'],
    attempt: row.attempt as number,
    fence: row.fence as number,
    runner: row.runner as string | null,
    output: (row.output ?? null) as Step['output'],
    records: row.records as Step['records'],
    failure: row.failure as Step['failure'],
    progress: row.progress as Step['progress'],
    startedAt: time(row.started_at),
    finishedAt: time(row.finished_at),
    seenAt: time(row.seen_at),
  }
}

export function readDecision(row: Row): Decision {
  return {
    person: row.person as string,
    decision: row.decision as Decision['decision'],
    reason: row.reason as string | null,
    at: sureTime(row.at),
    factor: row.factor as 'totp' | null,
    emergency: row.emergency as boolean,
  }
}

export function readAcceptance(row: Row): Acceptance {
  return {
    ...(row.finding as RefusedFinding),
    digest: row.digest as string,
    step: row.step as string,
    by: row.person as string,
    reason: row.reason as string,
    at: sureTime(row.at),
  }
}

/** `accepters` went on over a finding of its job: they are barred. */
export function readApproval(row: Row, decisions: readonly Decision[], accepters: readonly string[]): Approval {
  return {
    id: row.id as string,
    incident: row.incident as number,
    job: row.job as string,
    step: row.step as string,
    attempt: row.attempt as number,
    digest: row.digest as string,
    subject: row.subject as Approval['subject'],
    state: row.state as Approval['state'],
    requester: row.requester as string,
    from: row.from_roles as string[],
    count: row.count as number,
    notRequester: row.not_requester as boolean,
    askedAt: sureTime(row.asked_at),
    approveBy: sureTime(row.approve_by),
    runWithinMs: row.run_within_ms as number,
    grantedAt: time(row.granted_at),
    runBy: time(row.run_by),
    decisions,
    accepters,
    secondFactor: row.second_factor as Approval['secondFactor'],
    remindAt: time(row.remind_at),
    remindedAt: time(row.reminded_at),
    emergencyFrom: row.emergency_from as string[],
    emergencyAt: time(row.emergency_at),
    escalateTo: row.escalate_to as string[],
    escalateAt: time(row.escalate_at),
    escalatedAt: time(row.escalated_at),
    page: row.page as string | null,
    pagedAt: time(row.paged_at),
    acknowledgedBy: row.acknowledged_by as string | null,
    acknowledgedAt: time(row.acknowledged_at),
    why: row.why as Approval['why'],
  }
}

export function readEvent(row: Row): Event {
  return {
    incident: row.incident as number,
    no: row.no as number,
    at: sureTime(row.at),
    type: row.type,
    job: row.job as string | null,
    actor: row.actor as string,
    data: row.data,
    prevHash: row.prev_hash as string,
    hash: row.hash as string,
    content: row.content,
  } as Event
}
