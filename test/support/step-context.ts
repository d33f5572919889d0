import { delimiter } from 'node:path'
import { inject } from 'vitest'
import type { Approval, ApprovalSubject } from '../../src/domain/approval.ts'
import type { Incident } from '../../src/domain/incident.ts'
import type { Job } from '../../src/domain/job.ts'
import type { Json, JsonObject } from '../../src/domain/json.ts'
import type { LeftBehind } from '../../src/domain/left-behind.ts'
import { describePhase } from '../../src/domain/phase.ts'
import type { Progress } from '../../src/domain/progress.ts'
import { type RecoveryPlan, recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import type { Step } from '../../src/domain/step.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { AnyJobKind } from '../../src/engine/define-job.ts'
import type { DoneAnswer, StepContext, StepDefinition } from '../../src/engine/define-step.ts'
import type { WorkDeps } from '../../src/engine/work/deps.ts'
import { createLookContext } from '../../src/engine/work/step-context.ts'
import { createLogTools } from '../../src/logs/index.ts'
import { silentLog } from '../../src/ports/log.ts'
import type { StoreReader } from '../../src/ports/reader.ts'
import type { Tools } from '../../src/ports/tools.ts'
import { createArchiveTools } from '../../src/tools/archives/index.ts'
import { createDumpProvider } from '../../src/tools/archives/provider.ts'
import { createContentTools } from '../../src/tools/content/index.ts'
import { createDatabaseTools } from '../../src/tools/databases/index.ts'
import { createPgBackRest } from '../../src/tools/pgbackrest/index.ts'
import { createProgramTools } from '../../src/tools/programs.ts'
import { createRedactor } from '../../src/tools/redact.ts'
import { createRemedyTools } from '../../src/tools/remedies/index.ts'
import { createToolRunner } from '../../src/tools/start-tool.ts'
import { approveChanges } from './approve-changes.ts'
import { installation } from './installation.ts'
import { adminUrl } from './postgres.ts'

/** One job whose steps a test runs by hand, one by one and as often as it likes, on real tools. */
export interface SteppedJob {
  readonly view: JobView
  readonly plan: RecoveryPlan
  /** Runs a step as its next attempt (the first is attempt 1); its output is kept for those after it. */
  run(step: string, of?: RunOptions): Promise<Json>
  runUpTo(step: string): Promise<void>
  evidence(step: string): Promise<ApprovalSubject>
  isDone(step: string): Promise<DoneAnswer>
  cleanUp(step: string): Promise<LeftBehind[]>
  outputOf(step: string): Json
  /** Another job on the same plan, with other params. */
  again(params: JsonObject): SteppedJob
}

interface RunOptions {
  readonly approved?: ApprovalSubject
  readonly signal?: AbortSignal
  /** Called once a resume point is written. */
  readonly onRecord?: (name: string) => void
  readonly onProgress?: (phase: string) => void
}

export interface SteppedJobOptions {
  readonly kind: AnyJobKind
  readonly params: JsonObject
  readonly id?: string
  readonly url: string
  readonly adminUrl?: string
  readonly loadUrl?: string
  /** Folder of the system's dumps. */
  readonly folder?: string
  /** More places of backups, as a plan writes them. */
  readonly backups?: readonly object[]
  /** Folder of the plan itself, where its files are looked for. */
  readonly planFolder?: string
  readonly beganAt?: string | null
  readonly checks?: readonly object[]
  readonly remedies?: readonly object[]
  readonly source?: string
  readonly compare?: object
  readonly migrations?: object
  readonly logs?: object
  /** Replaces single tools, to cut connections or count calls. */
  readonly tools?: Partial<Tools>
  /** Jobs that `store.viewJob` knows. */
  readonly others?: readonly JobView[]
  /** What `store.readUpload` answers. */
  readonly readUpload?: StoreReader['readUpload']
}

export function realTools(): Tools {
  process.env.PATH = [inject('postgresBin'), process.env.PATH].join(delimiter)
  const run = createToolRunner()
  const secrets = ['a secret of the tests']
  const redact = createRedactor(secrets)
  const redactShowingRows = createRedactor(secrets, { rowData: 'shown' })
  const archives = createArchiveTools({ run })
  return {
    archives,
    backups: { pg_dump: createDumpProvider(archives), pgbackrest: createPgBackRest({ run, archives }) },
    content: createContentTools({ log: silentLog }),
    databases: createDatabaseTools(),
    remedies: createRemedyTools({ run, redact, redactShowingRows }),
    programs: createProgramTools({ run, redact }),
    services: {},
    logs: createLogTools({ run, redact, redactShowingRows }),
  } as unknown as Tools
}

export function stepJob(of: SteppedJobOptions): SteppedJob {
  const system = {
    kind: 'postgres',
    owner: 'dba',
    url: of.url,
    adminUrl: of.adminUrl ?? adminUrl(),
    ...(of.loadUrl === undefined ? {} : { loadUrl: of.loadUrl }),
    superuser: 'a server of the tests',
    jobs: 2,
    backups: [...(of.folder === undefined ? [] : [{ kind: 'pg_dump', path: of.folder }]), ...(of.backups ?? [])],
    checks: of.checks ?? [],
    remedies: of.remedies ?? [],
    ...(of.source === undefined ? {} : { source: of.source }),
    compare: of.compare ?? {},
  }
  const { migrations = {}, logs = {} } = of
  const roles = { dba: { users: ['alice'] } }
  const text = { version: 1, title: 'Plan', roles, systems: { 'orders-db': system }, migrations, logs }
  const plan = { ...recoveryPlanSchema.parse(text), digest: 'd'.repeat(64), folder: of.planFolder ?? '/' }
  const deps = {
    tools: { ...realTools(), ...of.tools },
    store: {
      readUpload: of.readUpload ?? (async () => undefined),
      viewJob: async (id: string) => of.others?.find((view) => view.job.id === id),
      listSucceededJobs: async (kind: string) => of.others?.filter((view) => view.job.kind === kind) ?? [],
    },
    log: silentLog,
    clock: { now: () => new Date() },
    expand: (one: string) => one,
    installation,
  } as unknown as WorkDeps
  const id = of.id ?? `${of.kind.name}-1`
  const job = { id, kind: of.kind.name, incident: 7, state: 'running', params: of.params } as unknown as Job
  const params = of.kind.params.parse(of.params)
  const steps = of.kind.plan(params as never, plan).map((name) => newStep(id, name))
  const view: JobView = { job, steps, approvals: [], accepted: [], asks: [] }
  const incident = { number: 7, beganAt: of.beganAt ?? null } as Incident

  const find = (name: string): [Step, StepDefinition<never>] => {
    const step = steps.find((one) => one.name === name)
    const definition = of.kind.steps.find((one) => one.name === name)
    if (step === undefined || definition === undefined) throw new Error(`${of.kind.name} has no step ${name}`)
    return [step, definition]
  }
  const approve = approveChanges(of.kind)
  const contextOf = (step: Step, more: RunOptions = {}) => {
    const signal = more.signal ?? new AbortController().signal
    const look = createLookContext(deps, { view, step, incident, plan, params, signal, fence: step.fence })
    const record = async (name: string, value: Json) => {
      Object.assign(step.records, { [name]: value })
      more.onRecord?.(name)
    }
    const approval = more.approved === undefined ? null : ({ subject: more.approved } as Approval)
    const progress = ({ phase }: Progress) => more.onProgress?.(describePhase(phase))
    return { ...look, record, progress, approval } satisfies StepContext<never>
  }
  const stepped: SteppedJob = {
    view,
    plan,
    again: (params) => stepJob({ ...of, id: `${id}b`, params }),
    async run(name, more) {
      const [step, definition] = find(name)
      Object.assign(step, { attempt: step.attempt + 1, fence: step.fence + 1, state: 'running' })
      const context = contextOf(step, more)
      const approval = context.approval ?? (await approve(name, context))
      const output = JSON.parse(JSON.stringify(await definition.run({ ...context, approval }))) as Json
      Object.assign(step, { state: 'done', output })
      return output
    },
    async runUpTo(name) {
      for (const step of steps) {
        if (step.state !== 'done') await stepped.run(step.name)
        if (step.name === name) return
      }
    },
    async evidence(name) {
      const [step, definition] = find(name)
      if (!definition.evidence) throw new Error(`${name} shows no evidence`)
      return definition.evidence(contextOf(step))
    },
    isDone: (name) => find(name)[1].isDone(contextOf(find(name)[0])),
    cleanUp: async (name) => (await find(name)[1].cleanUp?.(contextOf(find(name)[0]))) ?? [],
    outputOf: (name) => find(name)[0].output,
  }
  return stepped
}

function newStep(job: string, name: string): Step {
  return {
    id: `${job}/${name}`,
    job,
    name,
    title: name,
    state: 'waiting',
    attempt: 0,
    fence: 0,
    output: null,
    records: {},
  } as unknown as Step
}
