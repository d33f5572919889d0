import { inject } from 'vitest'
import type { Approval, ApprovalSubject } from '../../src/domain/approval.ts'
import type { Incident } from '../../src/domain/incident.ts'
import type { Job } from '../../src/domain/job.ts'
import type { Json, JsonObject } from '../../src/domain/json.ts'
import { type RecoveryPlan, recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import type { Step } from '../../src/domain/step.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { AnyJobKind } from '../../src/engine/define-job.ts'
import type { StepContext } from '../../src/engine/define-step.ts'
import type { WorkDeps } from '../../src/engine/work/deps.ts'
import { createLookContext } from '../../src/engine/work/step-context.ts'
import { silentLog } from '../../src/ports/log.ts'
import type { StoreReader } from '../../src/ports/reader.ts'
import type { ServiceTools } from '../../src/ports/service-tools.ts'
import { createArchiveTools } from '../../src/tools/archives/index.ts'
import { createDumpProvider } from '../../src/tools/archives/provider.ts'
import { createContentTools } from '../../src/tools/content/index.ts'
import { createDatabaseTools } from '../../src/tools/databases/index.ts'
import { createPgBackRest } from '../../src/tools/pgbackrest/index.ts'
import { createToolRunner } from '../../src/tools/start-tool.ts'
import { approveChanges } from '../support/approve-changes.ts'
import { installation } from '../support/installation.ts'
import { adminUrl } from '../support/postgres.ts'

/** A job that was played to its end: its view, and what stopped it, if anything did. */
interface Played {
  readonly view: JobView
  readonly failure: unknown
}

interface PlayOptions {
  /** Called after the card of a step that needs approval was drawn and before the step runs. */
  readonly beforeApprove?: (step: string, subject: ApprovalSubject) => Promise<void>
}

export interface Stage {
  readonly plan: RecoveryPlan
  /** Runs the kind's own steps one after the other on real tools; a step that needs approval gets it. */
  play(kind: AnyJobKind, params: JsonObject, more?: PlayOptions): Promise<Played>
  /** What a step would look at, as if its runner had vanished. */
  look(kind: AnyJobKind, view: JobView, step: string): StepContext<never>
}

/** A system of a stage's plan. */
interface StagedSystem {
  readonly url: string
  readonly folder: string
  readonly adminUrl?: string
  readonly source?: string
  readonly checks?: readonly object[]
  readonly compare?: object
  readonly owner?: string
}

/**
 * A stage with one postgres system, `orders-db`, and others where a test needs them: real tools on a real server, no
 * store and no engine.
 */
export function createStage(
  of: StagedSystem & {
    readonly others?: { readonly [system: string]: StagedSystem }
    /** Where versions of PostgreSQL's tools are looked for beside PATH; default: where distributions keep them. */
    readonly toolFolders?: readonly string[]
    /** When the migration began; default: nobody said. */
    readonly beganAt?: () => string | null
  },
): Stage {
  const plan: RecoveryPlan = {
    ...recoveryPlanSchema.parse({
      version: 1,
      title: 'A plan for tests',
      roles: { dba: { users: ['alice'] } },
      systems: Object.fromEntries(
        Object.entries({ 'orders-db': of, ...of.others }).map(([name, system]) => [name, writeSystem(system)]),
      ),
    }),
    digest: 'd'.repeat(64),
    folder: '/',
  }
  process.env.PATH = `${inject('postgresBin')}:${process.env.PATH}`
  const succeeded: JobView[] = []
  const deps = createDeps(succeeded, of.toolFolders)
  let count = 0
  const look = (kind: AnyJobKind, view: JobView, name: string): StepContext<never> => {
    const step = view.steps.find((each) => each.name === name) ?? newStep(view.job, name)
    return {
      ...createLookContext(deps, {
        view,
        step,
        incident: { ...incident, beganAt: of.beganAt?.() ?? null },
        plan,
        params: kind.params.parse(view.job.params),
        signal: new AbortController().signal,
        fence: step.fence,
      }),
      record: async (recorded: string, value: Json) => {
        Object.assign(step.records, { [recorded]: value })
      },
      progress: () => {},
      approval: null,
    }
  }
  return {
    plan,
    look,
    async play(kind, params, more = {}) {
      count += 1
      const job = newJob(`${kind.name}-${count}`, kind, params)
      const names = kind.plan(kind.params.parse(params) as never, plan)
      const steps = names.map((name) => newStep(job, name))
      const view: JobView = { job, steps, approvals: [], accepted: [], asks: [] }
      const approve = approveChanges(kind)
      for (const step of steps) {
        const definition = kind.steps.find((each) => each.name === step.name)
        if (definition === undefined) throw new Error(`${kind.name} declares no step ${step.name}`)
        const context = look(kind, view, step.name)
        try {
          const subject = await definition.evidence?.(context)
          const approval = subject === undefined ? await approve(step.name, context) : ({ subject } as Approval)
          if (subject !== undefined) await more.beforeApprove?.(step.name, subject)
          const output = JSON.parse(JSON.stringify(await definition.run({ ...context, approval })))
          Object.assign(step, { state: 'done', output })
        } catch (failure) {
          return { view, failure }
        }
      }
      Object.assign(view.job, { state: 'succeeded' })
      succeeded.unshift(view)
      return { view, failure: null }
    },
  }
}

function writeSystem(of: StagedSystem): object {
  return {
    kind: 'postgres',
    owner: of.owner ?? 'dba',
    url: of.url,
    adminUrl: of.adminUrl ?? adminUrl(),
    superuser: 'a server of the tests',
    jobs: 2,
    ...(of.source === undefined ? {} : { source: of.source }),
    backups: [{ kind: 'pg_dump', path: of.folder }],
    checks: of.checks ?? [],
    compare: of.compare ?? {},
  }
}

function createDeps(succeeded: readonly JobView[], toolFolders?: readonly string[]): WorkDeps {
  const store: Pick<StoreReader, 'listSucceededJobs' | 'viewJob'> = {
    viewJob: async (job) => succeeded.find((view) => view.job.id === job),
    listSucceededJobs: async (kind, target, limit) =>
      succeeded.filter((view) => view.job.kind === kind && view.job.lockTarget === target).slice(0, limit),
  }
  const run = createToolRunner()
  const archives = createArchiveTools({ run, ...(toolFolders === undefined ? {} : { toolFolders }) })
  return {
    store: store as WorkDeps['store'],
    tools: {
      archives,
      backups: { pg_dump: createDumpProvider(archives), pgbackrest: createPgBackRest({ run, archives }) },
      content: createContentTools({ log: silentLog }),
      databases: createDatabaseTools(),
      services: {} as ServiceTools,
    },
    log: silentLog,
    clock: { now: () => new Date() },
    expand: (text: string) => text,
    installation,
  } as WorkDeps
}

const incident: Incident = {
  number: 7,
  title: 'Orders lost',
  severity: 1,
  state: 'open',
  channel: null,
  system: null,
  openedBy: 'alice',
  lead: null,
  updateText: null,
  updatedBy: null,
  updatedAt: null,
  openedAt: '2026-11-22T02:58:00.000Z',
  beganAt: null,
  beganSource: null,
  deadline: null,
  recoveredAt: null,
  closedAt: null,
  headNo: 1,
  headHash: '',
}

function newJob(id: string, kind: AnyJobKind, params: JsonObject): Job {
  const lockTarget = kind.lock(kind.params.parse(params) as never)
  return {
    id,
    kind: kind.name,
    incident: 7,
    state: 'running',
    params,
    words: kind.name,
    requester: 'alice',
    requestedAt: new Date().toISOString(),
    planDigest: 'd'.repeat(64),
    worker: null,
    lockTarget,
    waitingFor: null,
    stopRequestedBy: null,
    stopRequestedAt: null,
    finishedAt: null,
    outcome: null,
  } as unknown as Job
}

function newStep(job: Job, name: string): Step {
  return {
    id: `${job.id}/${name}`,
    job: job.id,
    position: 1,
    name,
    title: name,
    risk: 'read',
    needsApproval: false,
    state: 'running',
    attempt: 1,
    fence: 1,
    runner: null,
    output: null,
    records: {},
    failure: null,
    progress: null,
    startedAt: null,
    finishedAt: null,
    seenAt: null,
  }
}
