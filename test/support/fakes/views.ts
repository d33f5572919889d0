import { chainStart } from '../../../src/domain/chain.ts'
import type { Incident } from '../../../src/domain/incident.ts'
import type { Job } from '../../../src/domain/job.ts'
import type { Run, RunStepView, RunView } from '../../../src/domain/run.ts'
import type { JobView } from '../../../src/domain/view.ts'

/** Incident 7, open in channel C0INC since 17:58 UTC (02:58 in Seoul). */
export function fakeIncident(changes: Partial<Incident> = {}): Incident {
  return {
    number: 7,
    title: 'Orders lost after cut-over',
    severity: 1,
    state: 'open',
    channel: 'C0INC',
    system: null,
    openedBy: 'alice',
    lead: null,
    updateText: null,
    updatedBy: null,
    updatedAt: null,
    openedAt: '2026-02-28T17:58:00.000Z',
    beganAt: '2026-02-28T17:10:00.000Z',
    beganSource: 'said',
    deadline: '2026-02-28T21:00:00.000Z',
    recoveredAt: null,
    closedAt: null,
    headNo: 0,
    headHash: chainStart,
    ...changes,
  }
}

/** restore-1 of orders-db, asked for by alice and running. */
export function fakeJob(changes: Partial<Job> = {}): Job {
  return {
    id: 'restore-1',
    kind: 'restore',
    incident: 7,
    state: 'running',
    params: { system: 'orders-db' },
    words: 'restore orders-db',
    requester: 'alice',
    requestedAt: '2026-02-28T18:00:00.000Z',
    planDigest: 'a'.repeat(64),
    worker: null,
    lockTarget: 'database:orders-db',
    waitingFor: null,
    stopRequestedBy: null,
    stopRequestedAt: null,
    cleanUpRequestedBy: null,
    leftBehind: [],
    lastEvent: 0,
    finishedAt: null,
    outcome: null,
    ...changes,
  }
}

export function fakeJobView(changes: Partial<Job> = {}): JobView {
  return { job: fakeJob(changes), steps: [], approvals: [], accepted: [], asks: [] }
}

/** run-1 of full-recovery, started by alice and running; by default it has one step. */
export function fakeRunView(changes: Partial<Run> = {}, steps: readonly RunStepView[] = [fakeRunStep()]): RunView {
  const run: Run = {
    id: 'run-1',
    incident: 7,
    procedure: 'full-recovery',
    title: 'Bring orders back',
    state: 'running',
    words: 'run full-recovery',
    requester: 'alice',
    requesterSlack: 'U0ALICE',
    requestedAt: '2026-02-28T18:00:00.000Z',
    planDigest: 'a'.repeat(64),
    fromStep: null,
    waitingFor: null,
    stopRequestedBy: null,
    stopRequestedAt: null,
    finishedAt: null,
    ...changes,
  }
  return { run, steps, asks: [] }
}

/** A step of run-1; by default its first, whose job is restore-1. */
export function fakeRunStep(changes: Partial<RunStepView> = {}): RunStepView {
  const position = changes.position ?? 1
  return {
    id: `run-1/${position}`,
    run: 'run-1',
    position,
    verb: 'restore',
    about: 'orders-db',
    system: 'orders-db',
    owner: null,
    after: [],
    state: 'started',
    attempt: 1,
    job: 'restore-1',
    askedBy: null,
    askedBySlack: null,
    doneBy: null,
    evidence: null,
    doneAt: null,
    failure: null,
    jobState: 'running',
    jobWaitsFor: null,
    jobCleanedUp: false,
    ...changes,
  }
}
