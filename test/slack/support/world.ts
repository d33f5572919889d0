import type { Approval } from '../../../src/domain/approval.ts'
import type { Event, EventMap, EventType } from '../../../src/domain/events.ts'
import type { Incident } from '../../../src/domain/incident.ts'
import { isResting, type Job } from '../../../src/domain/job.ts'
import type { RecoveryPlan } from '../../../src/domain/recovery-plan.ts'
import type { RunView } from '../../../src/domain/run.ts'
import type { Step } from '../../../src/domain/step.ts'
import type { JobView } from '../../../src/domain/view.ts'
import type { JobRegister } from '../../../src/engine/define-job.ts'
import type { StoreReader } from '../../../src/ports/reader.ts'

const at = '2026-03-01T02:58:00.000Z'
export const digest = `4f1c${'0'.repeat(60)}`

export function makeIncident(of: Partial<Incident> = {}): Incident {
  return {
    ...{ number: 7, title: 'Orders lost', severity: 1, state: 'open', channel: 'C0INC', system: null },
    ...{ openedBy: 'alice', openedAt: at, beganAt: '2026-02-28T17:10:00Z', beganSource: 'log', deadline: null },
    ...{ recoveredAt: null, closedAt: null, headNo: 0, headHash: '' },
    ...{ lead: null, updateText: null, updatedBy: null, updatedAt: null },
    ...of,
  }
}

export function makeJob(of: Partial<Job> = {}): Job {
  return {
    ...{ id: 'restore-1', kind: 'restore', incident: 7, state: 'running', params: {}, words: 'restore orders-db' },
    ...{ requester: 'alice', requestedAt: at, planDigest: 'p', worker: 'db1', lockTarget: 'database:orders-db' },
    ...{ waitingFor: null, stopRequestedBy: null, stopRequestedAt: null, finishedAt: null, outcome: null },
    ...{ cleanUpRequestedBy: null, leftBehind: [], lastEvent: 1 },
    ...of,
  }
}

export function makeStep(of: Partial<Step> = {}): Step {
  const name = of.name ?? 'load'
  return {
    ...{ id: `restore-1/${name}`, job: 'restore-1', position: 1, name, title: name, risk: 'reversible' },
    ...{ needsApproval: false, state: 'running', attempt: 1, fence: 1, runner: 'r', output: null, records: {} },
    ...{ failure: null, progress: null, startedAt: at, finishedAt: null, seenAt: null },
    ...of,
  }
}

export function makeApproval(of: Partial<Approval> = {}): Approval {
  return {
    ...{ id: 'a1', incident: 7, job: 'restore-1', step: 'restore-1/switch', attempt: 1, digest, state: 'asked' },
    subject: {
      ...{ action: 'the switch of orders-db', verb: 'switch', target: 'orders-db' },
      ...{ proven: '14 of 14 tables', unproven: 'none', lost: 'at most 212 orders' },
      ...{ does: ['orders → orders_old_1'], back: 'Undo', details: ['seen 18 sessions'], ceiling: {}, binds: {} },
    },
    ...{ requester: 'alice', from: ['dba'], count: 1, notRequester: true, askedAt: at },
    approveBy: new Date(Date.now() + 1_800_000).toISOString(),
    ...{ grantedAt: null, runBy: null, decisions: [], why: null, runWithinMs: 900_000, secondFactor: null },
    ...{ remindAt: null, remindedAt: null, escalateTo: [], escalateAt: null, escalatedAt: null },
    ...{ emergencyFrom: [], emergencyAt: null, accepters: [] },
    ...of,
  }
}

/** The store as tests see it: state that is set, and a journal that grows. */
export interface World {
  readonly reader: StoreReader
  incident: Incident
  readonly jobs: Map<string, JobView>
  readonly runs: Map<string, RunView>
  readonly events: Event[]
  /** Appends an event. */
  happens<T extends EventType>(type: T, data: EventMap[T], job?: string | null, actor?: string): void
  /** Changes one job's view. */
  change(job: string, patch: { job?: Partial<Job>; steps?: Step[]; approvals?: Approval[] }): void
}

export function createWorld(): World {
  const findIncident = (number: number) =>
    number === 7 || world.events.some(({ incident }) => incident === number) ? { ...world.incident, number } : undefined
  const world: World = {
    incident: makeIncident(),
    jobs: new Map(),
    runs: new Map(),
    events: [],
    happens(type, data, job = null, actor = 'alice') {
      const no = world.events.length + 1
      // Of the incident of its job; events are counted over all of them.
      const incident = (job === null ? undefined : world.jobs.get(job))?.job.incident ?? 7
      const fact = { incident, no, at: new Date().toISOString(), type, job, actor, data, prevHash: '', hash: '' }
      world.events.push(fact as unknown as Event)
    },
    change(id, patch) {
      const known = world.jobs.get(id) ?? { job: makeJob({ id }), steps: [], approvals: [], accepted: [], asks: [] }
      world.jobs.set(id, { ...known, ...patch, job: { ...known.job, ...patch.job } })
    },
    reader: {
      findIncident: async (number) => findIncident(number),
      findIncidentInChannel: async (channel) =>
        channel === world.incident.channel && world.incident.state !== 'closed' && world.events.length > 0
          ? world.incident
          : undefined,
      listIncidents: async () => (world.events.length > 0 ? [world.incident] : []),
      async viewIncident(number) {
        const incident = findIncident(number)
        return incident && { incident, jobs: [...world.jobs.values()].filter(({ job }) => job.incident === number) }
      },
      viewJob: async (job) => world.jobs.get(job),
      lookAtDue: async () => ({ now: [], nextMs: null }),
      listDue: async () => [],
      findAsk: async () => undefined,
      listAsks: async () => [],
      listActiveJobs: async () => [...world.jobs.values()].filter(({ job }) => !isResting(job.state)),
      listEvents: async (incident, afterNo, limit) =>
        world.events.filter((one) => one.incident === incident && one.no > afterNo).slice(0, limit),
      listSucceededJobs: async (kind, target) =>
        [...world.jobs.values()].filter(
          ({ job }) => job.kind === kind && job.lockTarget === target && job.state === 'succeeded',
        ),
      listPractised: async () => [],
      listLocks: async () => [],
      readUpload: async () => undefined,
      findLastSucceeded: async () => undefined,
      viewRun: async (id) => world.runs.get(id),
      listRuns: async () => [...world.runs.values()],
      findRunOf: async (job) =>
        [...world.runs.values()].find(({ steps }) => steps.some((step) => step.job === job))?.run.id,
    } as StoreReader,
  }
  return world
}

/** One kind that says what its card shows and how it ended. */
export const jobs: JobRegister = {
  find: () =>
    ({
      card: () => ({ headline: 'orders-db from d-0130', lines: ['Live database untouched.'] }),
      report: () => ({
        summary: 'orders-db holds 01:30',
        proven: ['14 tables'],
        lost: ['212 orders'],
        left: [],
        undo: true,
        recovers: true,
      }),
      takesBack: ({ job }: { readonly job?: string }) => job,
      stands: ({ job }: JobView) => ({ on: job.lockTarget, since: job.finishedAt ?? '', as: job.id }),
    }) as unknown as ReturnType<JobRegister['find']>,
  list: () => [{ name: 'restore', stands: () => null }] as unknown as ReturnType<JobRegister['list']>,
}

export const plan = {
  ...{ timezone: 'Asia/Seoul', people: { alice: { slack: 'U0ALICE' }, bob: { slack: 'U0BOB' } } },
  ...{ systems: {}, migrations: {}, logs: { migration: {} } },
  procedures: { 'full-recovery': { title: 'Bring orders back', steps: [] } },
  roles: { dba: { users: ['alice', 'bob'], groups: ['S0DBAS'] } },
} as unknown as RecoveryPlan
