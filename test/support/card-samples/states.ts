import type { Approval, ApprovalState } from '../../../src/domain/approval.ts'
import { approvalWhy } from '../../../src/domain/approval-why.ts'
import type { Card } from '../../../src/domain/card.ts'
import { buildApprovalCard, buildApprovalDetails } from '../../../src/domain/cards/approval-card.ts'
import { buildJobCard, type KindCard } from '../../../src/domain/cards/job-card.ts'
import { describeAnalysis, describeGlance } from '../../../src/domain/cards/log-card.ts'
import { buildRootCard, type RootCardExtra } from '../../../src/domain/cards/root-card.ts'
import { buildStatusCard } from '../../../src/domain/cards/status-card.ts'
import type { Incident, IncidentState } from '../../../src/domain/incident.ts'
import type { Job, JobState } from '../../../src/domain/job.ts'
import { leftBehind } from '../../../src/domain/left-behind.ts'
import { stepPhase } from '../../../src/domain/phase.ts'
import type { Step, StepState } from '../../../src/domain/step.ts'
import type { JobView } from '../../../src/domain/view.ts'
import { waitsFor } from '../../../src/domain/waiting.ts'
import { makeJob } from '../../slack/support/world.ts'
import { makeAnalysis, makeCause } from '../fakes/analyses.ts'
import { acceptance, approval, incident, minutesAway, now, restoreSteps, viewOf } from './world.ts'

interface Named {
  readonly name: string
  readonly card: Card
}

const kind = { headline: 'orders-db from d-0130', lines: ['Live database untouched.'] }
const failure = {
  code: 'tool_failed',
  facts: { tool: 'pg_restore', code: 1, seen: 'no space left on device' },
  excerpt: 'pg_restore: error: could not execute query: ERROR:  could not extend file',
}
const loading = {
  phase: stepPhase('loading_table', { table: 'orders.order_items' }),
  fraction: 0.629,
  rate: 4.6e6,
  readyBetween: [minutesAway(4), minutesAway(6)] as const,
}
const left = [
  leftBehind('side_database', { name: 'orders_side_1' }),
  leftBehind('backup', { path: '/backups/orders/d-0309' }),
]

const jobsByState: { readonly [S in JobState]: readonly [Partial<Job>, Step[], Approval[]?] } = {
  requested: [{ waitingFor: waitsFor('worker', { worker: 'db1' }) }, []],
  planned: [{}, restoreSteps({ state: 'waiting' })],
  running: [{}, restoreSteps({ state: 'running', progress: loading, seenAt: minutesAway(-0.02) })],
  awaiting_approval: [{}, restoreSteps({ state: 'done' }), [approval()]],
  awaiting_person: [{ waitingFor: waitsFor('answers') }, restoreSteps({ state: 'waiting' })],
  succeeded: [{ finishedAt: minutesAway(-1) }, restoreSteps({ state: 'done' })],
  failed: [{ finishedAt: minutesAway(-1), leftBehind: left }, restoreSteps({ state: 'failed', failure, attempt: 2 })],
  stopped: [{ finishedAt: minutesAway(-1), leftBehind: left }, restoreSteps({ state: 'waiting' })],
  rejected: [{ finishedAt: minutesAway(-1), leftBehind: left }, restoreSteps({ state: 'skipped' })],
  needs_person: [{}, restoreSteps({ state: 'needs_person', failure })],
}

const stepsByState: { readonly [S in StepState]: Partial<Step> } = {
  waiting: {},
  running: { progress: { ...loading, fraction: null, readyBetween: null, waitingFor: waitsFor('side_lock') } },
  done: {},
  skipped: {},
  failed: { failure },
  in_doubt: { attempt: 3 },
  needs_person: {},
}

const incidentsByState: { readonly [S in IncidentState]: Partial<Incident> } = {
  open: {},
  recovered: { recoveredAt: minutesAway(-3) },
  closed: { recoveredAt: minutesAway(-3), closedAt: minutesAway(-1) },
}

const decided = (decision: 'approve' | 'reject', reason: string | null = null) => [
  { person: 'bob', decision, reason, at: minutesAway(-1) },
]
const approvalsByState: { readonly [S in ApprovalState]: Partial<Approval> } = {
  asked: {},
  granted: { grantedAt: minutesAway(-1), runBy: minutesAway(14), decisions: decided('approve') },
  used: { grantedAt: minutesAway(-1), decisions: decided('approve') },
  rejected: { decisions: decided('reject', 'wrong backup, take d-0130') },
  expired: {},
  superseded: { why: [approvalWhy('rows_lost', { table: 'orders', now: 5, before: 2 })] },
}

/** Cards that are drawn from the newest state: root, job, approval and status, in every state. */
export function listStateCards(): Named[] {
  return [...listRoots(), ...listJobs(), ...listLogs(), ...listApprovals()]
}

function listJobs(): Named[] {
  const draw = (name: string, view: JobView, undo = false): Named => ({
    name: `job ${name}`,
    card: buildJobCard(view, kind, now, { worker: 'db1', awaited: ['bob', 'dana'], undo }),
  })
  const states = Object.entries(jobsByState).map(([state, [job, steps, approvals]]) =>
    draw(state, viewOf({ ...job, state: state as JobState }, steps, approvals), state === 'succeeded'),
  )
  const steps = Object.entries(stepsByState).map(([state, of]) =>
    draw(`with a step ${state}`, viewOf({ state: 'running' }, restoreSteps({ ...of, state: state as StepState }))),
  )
  const running = { state: 'running' } as const
  return [
    ...states,
    ...steps,
    draw('silent', viewOf(running, restoreSteps({ ...running, progress: loading, seenAt: minutesAway(-2) }))),
    draw(
      'stopping',
      viewOf({ ...running, stopRequestedBy: 'carol', stopRequestedAt: minutesAway(0) }, restoreSteps(running)),
    ),
    draw(
      'whose approval was just granted',
      viewOf(running, restoreSteps({ state: 'waiting' }), [
        approval({ state: 'granted', grantedAt: minutesAway(0), runBy: minutesAway(15) }),
      ]),
    ),
    draw('whose approval expired', viewOf({ state: 'awaiting_approval' }, [], [approval({ state: 'expired' })])),
    draw('cleaning up', viewOf({ state: 'stopped', leftBehind: left, cleanUpRequestedBy: 'alice' })),
  ]
}

/** What logs say: the job cards whose words come from outside. */
function listLogs(): Named[] {
  const analysis = makeAnalysis({ others: [makeCause({ text: 'deadlock detected', code: '40P01' })] })
  const remedies = [{ system: 'orders-db', remedy: 'widen-phone', matched: 'code 22001, table customers' }]
  const forged = makeCause({
    text: '<!channel> *stop* `all` ⟦person:alice⟧',
    excerpt: ['5  ``` <!here> '.repeat(200)],
  })
  const tail = Array.from({ length: 10 }, (_, n) => `2026-03-01T02:4${n % 10}:00Z INFO line ${n} ${'x'.repeat(200)}`)
  const words: readonly (readonly [string, KindCard])[] = [
    ['analysed', describeAnalysis(analysis, remedies)],
    ['analysed, its words forged', describeAnalysis({ ...analysis, root: forged }, [])],
    ['analysed, only consequences', describeAnalysis({ ...analysis, root: makeCause({ certain: false }) }, [])],
    ['analysed, nothing failed', describeAnalysis(makeAnalysis({ root: null, groups: [] }), [])],
    ['followed', describeGlance('migration', { analysis, tail, leftOut: 1_204 })],
    ['followed, nothing yet', describeGlance('migration', null)],
  ]
  const view = viewOf({ id: 'logs-1', kind: 'logs', state: 'succeeded', finishedAt: minutesAway(-1) })
  return words.map(([name, said]) => ({
    name: `log ${name}`,
    card: buildJobCard(view, said, now, { worker: 'db1', awaited: [], undo: false }),
  }))
}

function listRoots(): Named[] {
  const jobs = Object.entries(jobsByState).map(([state, [job, steps, approvals]], index) =>
    viewOf({ ...job, state: state as JobState, id: `restore-${index + 1}` }, steps, approvals),
  )
  const extra = {
    awaitedByJob: { 'restore-4': ['bob', 'dana'] },
    headlinesByJob: Object.fromEntries(jobs.map(({ job }) => [job.id, kind.headline])),
  }
  const facts = {
    ...{ procedure: { name: 'full-recovery', title: 'Bring orders back' }, backups: ['orders-db'], log: 'migration' },
    ...{ runs: false, tried: false, brought: false },
  }
  const verified = viewOf({ id: 'verify-1', kind: 'verify', state: 'failed', words: 'verify orders-db' })
  const overtaken = [verified, ...jobs.slice(5, 6)]
  const draw = (
    name: string,
    of: Partial<Incident>,
    shown: JobView[] = [],
    more: Partial<RootCardExtra> = {},
  ): Named => ({
    name: `root ${name}`,
    card: buildRootCard({ incident: incident(of), jobs: shown }, now, { ...extra, next: facts, ...more }),
  })
  const states = Object.entries(incidentsByState).map(([state, of]) =>
    draw(state, { ...of, state: state as IncidentState }, jobs.slice(5, 6)),
  )
  return [
    ...states,
    draw('with every job', {}, jobs),
    draw('late', { deadline: minutesAway(-12) }, jobs.slice(2, 4)),
    draw('late and recovered', { state: 'recovered', recoveredAt: minutesAway(-1), deadline: minutesAway(-12) }),
    draw('nothing was begun', { beganSource: 'said' }, []),
    draw('whose data is back', {}, overtaken, {
      ...{ next: { ...facts, brought: true, tried: true }, overtaken: new Map([['verify-1', 'restore-6']]) },
    }),
    draw('at work without anybody awaited', {}, jobs.slice(2, 3)),
    draw('without a deadline', { deadline: null, beganAt: null, beganSource: null }),
    { name: 'status', card: buildStatusCard({ incident: incident({ headNo: 61 }), jobs }, now, extra) },
  ]
}

function listApprovals(): Named[] {
  const job = makeJob({ state: 'awaiting_approval' })
  const draw = (name: string, of: Partial<Approval>): Named => ({
    name: `approval ${name}`,
    card: buildApprovalCard(approval(of), job, ['bob', 'dana'], now),
  })
  const { subject } = approval()
  const does = Array.from({ length: 20 }, (_, index) => `ALTER TABLE orders_${index} RENAME TO "old & <gone> ${index}"`)
  const long = { ...subject, does, ceiling: { 'public.orders': 212, 'public.order_items': 640 } }
  return [
    draw('paged, and one is awake', {
      ...{ escalatedAt: minutesAway(-3), escalateTo: ['sysadmin'], pagedAt: minutesAway(-3) },
      ...{ acknowledgedBy: 'Bob *Lee* <!here>', acknowledgedAt: minutesAway(-1) },
    }),
    ...Object.entries(approvalsByState).map(([state, of]) => draw(state, { ...of, state: state as ApprovalState })),
    draw('late', { approveBy: minutesAway(-1) }),
    draw('asked again of two', { why: [approvalWhy('commands_changed')], count: 2, decisions: decided('approve') }),
    draw('of a backup', {
      subject: { ...subject, from: `d-0130, taken ${minutesAway(-90)}`, returns: 'orders: 183,876 rows deleted since' },
    }),
    draw('of many commands', { subject: long }),
    draw('over accepted findings', { subject: { ...subject, accepted: [acceptance(), acceptance({ by: 'bob' })] } }),
    { name: 'approval details', card: buildApprovalDetails(approval({ subject: long }), job) },
  ]
}
