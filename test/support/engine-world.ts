import type pg from 'pg'
import { z } from 'zod'
import type { ApprovalSubject } from '../../src/domain/approval.ts'
import type { Incident } from '../../src/domain/incident.ts'
import type { Utterance } from '../../src/domain/person.ts'
import { type RecoveryPlan, recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import { risks } from '../../src/domain/risk.ts'
import { suiteScope } from '../../src/domain/scope.ts'
import type { JobView } from '../../src/domain/view.ts'
import { type AnyJobKind, defineJob, type JobReport } from '../../src/engine/define-job.ts'
import type { DoneAnswer, StepContext, StepDefinition } from '../../src/engine/define-step.ts'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import { advance } from '../../src/engine/work/advance.ts'
import type { WorkDeps } from '../../src/engine/work/deps.ts'
import { executeStep } from '../../src/engine/work/execute-step.ts'
import { silentLog } from '../../src/ports/log.ts'
import type { Policy } from '../../src/ports/plans.ts'
import type { Tools } from '../../src/ports/tools.ts'
import { createLeases } from '../../src/postgres/lease.ts'
import { createPlanShelf } from '../../src/postgres/plans.ts'
import { openPool } from '../../src/postgres/pool.ts'
import { createStore } from '../../src/postgres/store.ts'
import { installation } from './installation.ts'
import { createStoreDatabase, type TestDatabase } from './postgres.ts'

/** What a scripted step does; a test changes it between runs. */
export interface Script {
  run: (context: StepContext<{ target: string }>) => Promise<unknown>
  isDone: () => Promise<DoneAnswer>
  evidence: () => ApprovalSubject
  /** Counts effects, not Salvor's rows: how often `run` of a step was really called. */
  calls: Record<string, number>
  /** What the kind's report says beside its summary. */
  report: Pick<JobReport, 'recovers' | 'reverts' | 'leftBehind'>
}

export interface EngineWorld {
  readonly database: TestDatabase
  readonly pool: pg.Pool
  readonly deps: WorkDeps
  /** Decides as a button does: about the newest card, unless a test says which. */
  readonly engine: Engine
  /** Decides only about what is named, as the product does: for words that somebody types. */
  readonly typed: Engine
  readonly script: Script
  readonly incident: Incident
  /** Follows wakeups until none is left. */
  settle(): Promise<void>
  forgetWakeups(): void
  say(person: string, at?: Date): Utterance
  /** Asks for a `demo` job as alice; answers its id. */
  request(target?: string): Promise<string>
  /** A job's state, and its steps as `name:state:attempt`. */
  stateOf(job: string): Promise<{ job: string; steps: string[] }>
  view(job: string): Promise<JobView>
  eventTypes(): Promise<string[]>
  close(): Promise<void>
}

/** A subject whose loss is what the test says. */
export function subjectLosing(rows: number): ApprovalSubject {
  return {
    action: 'the switch of demo',
    verb: 'switch',
    target: 'demo',
    proven: '1 of 1 tables',
    unproven: 'none',
    lost: `at most ${rows} rows`,
    does: ['ALTER DATABASE demo RENAME TO demo_old_1'],
    back: 'Undo',
    details: [],
    ceiling: rows > 0 ? { 'public.t': rows } : {},
    binds: { oid: 1 },
  }
}

export const demoPlan: RecoveryPlan = {
  ...recoveryPlanSchema.parse({
    version: 1,
    title: 'A plan for tests',
    roles: { dba: { users: ['alice', 'bob', 'dana'] }, sysadmin: { users: ['carol'] } },
    systems: { demo: { kind: 'service', owner: 'dba', restart: ['true'] } },
  }),
  digest: 'd'.repeat(64),
  folder: '/',
}

/**
 * The engine on a store of its own with one scripted kind, `demo`: look (read) → make (reversible) → switch
 * (destructive, approved). Steps run in this process; the lease, the store and every move are real.
 */
export async function createEngineWorld(
  options: {
    now?: () => Date
    /** Addresses of the store for the bot's side and the worker's; default: its owner for both. */
    urlsOf?: (database: TestDatabase) => Promise<{ bot: string; worker: string }>
    /** Another plan than that of one system, `demo`. */
    plan?: RecoveryPlan
    /** What the policy for destructive steps says beside one approval of a DBA within a minute. */
    policy?: Partial<Policy>
    /** The policy for reversible steps, where one is written: one approval of a DBA, and what is said here. */
    reversible?: Partial<Policy>
    /** What the destructive step does can be taken back. */
    undoable?: boolean
    /** More kinds of jobs beside `demo`. */
    kinds?: readonly AnyJobKind[]
  } = {},
): Promise<EngineWorld> {
  const plan = options.plan ?? demoPlan
  const database = await createStoreDatabase()
  const urls = (await options.urlsOf?.(database)) ?? { bot: database.url, worker: database.url }
  const pool = openPool(urls.bot, 'test', silentLog)
  const workerPool = openPool(urls.worker, 'test', silentLog)
  const store = createStore(workerPool)
  const script: Script = {
    run: async () => ({ ok: true }),
    isDone: async () => ({ done: 'no' }),
    evidence: () => subjectLosing(2),
    calls: {},
    report: { recovers: true },
  }
  const kinds = [createDemoKind(script, options.undoable ?? false), ...(options.kinds ?? [])]
  const pending: string[] = []
  const members = (role: string) => plan.roles[role]?.users ?? []
  const deps: WorkDeps = {
    store,
    wakeups: {
      async wake({ job }) {
        pending.push(job)
      },
    },
    jobs: { find: (name) => kinds.find((one) => one.name === name), list: () => kinds },
    plans: {
      inForce: async () => plan,
      byDigest: async () => plan,
      policyFor: (_plan, _system, risk) => ({
        from: ['dba'],
        count: risk === 'destructive' || (risk === 'reversible' && options.reversible !== undefined) ? 1 : 0,
        notRequester: true,
        approveWithinMs: 60_000,
        runWithinMs: 60_000,
        escalateTo: [],
        escalateAfterMs: null,
        secondFactor: null,
        emergencyFrom: [],
        emergencyAfterMs: null,
        ...(risk === 'destructive' ? options.policy : {}),
        ...(risk === 'reversible' ? options.reversible : {}),
      }),
    },
    roles: {
      holds: async (person, role) => members(role).includes(person.id),
      peopleOf: async (roles) => roles.flatMap(members),
    },
    clock: { now: options.now ?? (() => new Date()) },
    log: silentLog,
    leases: createLeases(urls.worker, silentLog),
    tools: {} as Tools,
    worker: 'test',
    installation,
    spawnRunner: async (step) => {
      await executeStep(deps, step)
    },
    expand: (text) => text,
    redact: (text) => text,
  }
  await keepPolicies(database, plan, deps.plans)
  const typed = createEngine({ ...deps, store: createStore(pool) })
  const engine = pressing(typed, deps)
  let said = 0
  const say = (person: string, at = new Date(Date.now() + 1000)): Utterance => {
    said += 1
    const requestId = `request-${said}`
    return {
      requestId,
      person: { id: person, slack: null, os: null },
      via: 'slash',
      channel: 'C1',
      thread: null,
      at: at.toISOString(),
    }
  }
  const incident = await engine.openIncident(say('alice'), {
    title: 'Orders lost',
    severity: 1,
    system: null,
    channel: 'C1',
    beganAt: null,
    beganSource: null,
    deadline: null,
  })
  return {
    database,
    pool,
    deps,
    engine,
    typed,
    script,
    incident,
    say,
    async settle() {
      for (let job = pending.shift(); job !== undefined; job = pending.shift()) await advance(deps, job)
    },
    forgetWakeups: () => {
      pending.length = 0
    },
    async request(target = 'orders') {
      const of = { incident: incident.number, kind: 'demo', params: { target }, words: `demo ${target}` }
      return (await engine.requestJob(say('alice'), of)).id
    },
    async stateOf(job) {
      const view = await store.viewJob(job)
      const steps = view?.steps.map((step) => `${step.name}:${step.state}:${step.attempt}`) ?? []
      return { job: view?.job.state ?? 'unknown', steps }
    },
    async view(job) {
      const view = await store.viewJob(job)
      if (!view) throw new Error(`no job ${job}`)
      return view
    },
    eventTypes: async () => (await store.listEvents(incident.number, 0, 1000)).map((event) => event.type),
    async close() {
      await Promise.all([pool.end(), workerPool.end()])
      await database.drop()
    },
  }
}

/** What the bot writes when it puts a plan in force. */
async function keepPolicies(database: TestDatabase, plan: RecoveryPlan, plans: WorkDeps['plans']): Promise<void> {
  const policies = [null, ...Object.keys(plan.systems), ...Object.keys(plan.uat).map(suiteScope)].flatMap((system) =>
    risks.map((risk) => ({ system, risk, ...plans.policyFor(plan, system, risk) })),
  )
  const pool = openPool(database.url, 'test', silentLog, 1)
  const kept = { digest: plan.digest, text: '', path: 'salvor.yaml', folder: '/', fileHashes: {} }
  await createPlanShelf(pool).putInForce(kept, policies)
  await pool.end()
}

/** An engine whose decisions carry the digest of a job's newest card, as its buttons do. */
export function pressing(engine: Engine, { store }: Pick<WorkDeps, 'store'>): Engine {
  const press = async <Of extends { job: string; digest?: string; code?: string }>(of: Of): Promise<Of> => {
    if (of.code !== undefined) return of
    const newest = (await store.viewJob(of.job))?.approvals.at(-1)
    return newest ? { digest: newest.digest, ...of } : of
  }
  return {
    ...engine,
    approve: async (said, of) => engine.approve(said, await press(of)),
    approveAlone: async (said, of) => engine.approveAlone(said, await press(of)),
    reject: async (said, of) => engine.reject(said, await press(of)),
  }
}

function showing(subject: ApprovalSubject, { accepted }: Pick<StepContext<unknown>, 'accepted'>): ApprovalSubject {
  return accepted.length === 0 ? subject : { ...subject, accepted }
}

export function createDemoKind(script: Script, undoable: boolean): AnyJobKind {
  const step = (
    name: string,
    risk: StepDefinition<{ target: string }>['risk'],
  ): StepDefinition<{ target: string }> => ({
    name,
    title: name,
    risk,
    where: risk === 'destructive' ? 'runner' : 'worker',
    ...(risk === 'destructive' ? { evidence: async (context) => showing(script.evidence(), context), undoable } : {}),
    ...(name === 'make' ? { shownBy: 'switch' } : {}),
    async run(context) {
      script.calls[name] = (script.calls[name] ?? 0) + 1
      return JSON.parse(JSON.stringify((await script.run(context)) ?? null))
    },
    isDone: () => script.isDone(),
  })
  return defineJob<{ target: string }>({
    name: 'demo',
    summary: 'A kind for tests',
    params: z.object({ target: z.string() }),
    lock: ({ target }) => `database:${target}`,
    onLocked: 'refuse',
    system: () => 'demo',
    steps: [step('look', 'read'), step('make', 'reversible'), step('switch', 'destructive')],
    plan: () => ['look', 'make', 'switch'],
    leaves: 'nothing',
    card: () => ({ headline: 'demo', lines: [] }),
    report: () => ({ summary: 'demo is done', proven: [], lost: [], left: [], undo: false, ...script.report }),
  })
}
