import type { ApprovalSubject } from '../../src/domain/approval.ts'
import type { Incident } from '../../src/domain/incident.ts'
import type { Job } from '../../src/domain/job.ts'
import type { Json, JsonObject } from '../../src/domain/json.ts'
import { type RecoveryPlan, recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import type { Step } from '../../src/domain/step.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { AnyJobKind, JobReport } from '../../src/engine/define-job.ts'
import type { DoneAnswer, StepContext, StepDefinition } from '../../src/engine/define-step.ts'
import { silentLog } from '../../src/ports/log.ts'
import type { StoreReader } from '../../src/ports/reader.ts'
import type { Tools } from '../../src/ports/tools.ts'
import { createProgramTools } from '../../src/tools/programs.ts'
import { createToolRunner } from '../../src/tools/start-tool.ts'
import { approveChanges, showChanges } from '../support/approve-changes.ts'
import { installation } from '../support/installation.ts'

/** One job of a kind whose steps a test runs one by one, on real tools and with everything kept in memory. */
export interface RunningJob {
  readonly view: () => JobView
  /** Runs the steps that are not done, in order. A step that throws stays waiting, its attempt raised. */
  run(): Promise<void>
  /** Forgets that a step is done, as when its runner vanished before it could say so. */
  forget(step: string): void
  isDone(step: string): Promise<DoneAnswer>
  /** What an approver of a step would be shown. */
  evidence(step: string): Promise<ApprovalSubject>
  report(): JobReport
}

const programs = createProgramTools({ run: createToolRunner(), redact: (text) => text })

export function planOf(systems: object, more: object = {}): RecoveryPlan {
  const text = { version: 1, title: 'A plan for tests', roles: { ops: { users: ['U0BOB'] } }, systems, ...more }
  return { ...recoveryPlanSchema.parse(text), digest: 'd'.repeat(64), folder: '/' }
}

export function startJob(of: {
  readonly kind: AnyJobKind
  readonly params: JsonObject
  readonly plan: RecoveryPlan
  readonly tools: Partial<Tools>
  readonly store?: Partial<StoreReader>
  readonly requestedAt?: string
  readonly id?: string
  /** Steps as another run left them. */
  readonly steps?: readonly Step[]
  readonly urls?: { readonly [system: string]: { readonly url: string; readonly adminUrl: string } }
}): RunningJob {
  const { kind, params, plan } = of
  const id = of.id ?? `${kind.name}-1`
  const job = {
    id,
    kind: kind.name,
    incident: 1,
    params,
    requestedAt: of.requestedAt ?? '2026-01-01T00:00:00Z',
  } as unknown as Job
  const names = kind.plan(params as never, plan)
  const steps = new Map<string, Step>(names.map((name) => [name, makeStep(id, name)]))
  for (const step of of.steps ?? []) steps.set(step.name, step)
  const change = (name: string, more: Partial<Step>) => {
    const step = steps.get(name)
    if (step === undefined) throw new Error(`no step ${name}`)
    steps.set(name, { ...step, ...more })
  }
  const definitionOf = (name: string) => {
    const found = (kind.steps as readonly StepDefinition<unknown>[]).find((step) => step.name === name)
    if (found === undefined) throw new Error(`${kind.name} declares no step ${name}`)
    return found
  }
  const contextOf = (step: Step): StepContext<unknown> => ({
    job,
    incident: { number: 1 } as Incident,
    params: kind.params.parse(params),
    step: { id: step.id, name: step.name, attempt: step.attempt, fence: step.fence },
    installation,
    plan,
    postgres: (name) => plan.systems[name] as never,
    service: (name) => plan.systems[name] as never,
    target: (system) => {
      const urls = of.urls?.[system]
      if (urls === undefined) throw new Error(`no url of ${system}`)
      return { system, ...urls, session: { step: step.id, fence: step.fence, installation } }
    },
    expand: (text) => text,
    resolvePath: (path) => path,
    outputOf: (name) => steps.get(name)?.output ?? null,
    get records() {
      return steps.get(step.name)?.records ?? {}
    },
    async record(name, value) {
      change(step.name, { records: { ...steps.get(step.name)?.records, [name]: value } })
    },
    accepted: [],
    approval: null,
    signal: new AbortController().signal,
    progress() {},
    tools: { programs, ...of.tools } as Tools,
    store: of.store as StoreReader,
    log: silentLog,
    now: () => new Date(),
  })
  const approve = approveChanges(kind)
  const view = (): JobView => ({ job, steps: [...steps.values()], approvals: [], accepted: [], asks: [] })
  return {
    view,
    async run() {
      for (const name of names) {
        const step = steps.get(name)
        if (step === undefined || step.state === 'done') continue
        try {
          const context = contextOf(step)
          const approval = await approve(name, context as never)
          const output: Json = await definitionOf(name).run(
            Object.defineProperty(context, 'approval', { value: approval }),
          )
          // What is journaled has gone through JSON.
          change(name, { state: 'done', output: JSON.parse(JSON.stringify(output)) })
        } catch (error) {
          change(name, { attempt: step.attempt + 1 })
          throw error
        }
      }
    },
    forget: (name) => change(name, { state: 'waiting', output: null }),
    async isDone(name) {
      const step = steps.get(name)
      if (step === undefined) throw new Error(`no step ${name}`)
      return definitionOf(name).isDone(contextOf(step))
    },
    async evidence(name) {
      const [step, evidence] = [steps.get(name), definitionOf(name).evidence]
      if (step === undefined) throw new Error(`no step ${name}`)
      return evidence?.(contextOf(step)) ?? showChanges(kind, name, contextOf(step) as never)
    },
    report: () => kind.report(view()),
  }
}

function makeStep(job: string, name: string): Step {
  return {
    id: `${job}/${name}`,
    job,
    position: 0,
    name,
    title: name,
    risk: 'read',
    needsApproval: false,
    state: 'waiting',
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
