import { z } from 'zod'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { type RecoveryPlan, recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import { type AnyJobKind, defineJob } from '../../src/engine/define-job.ts'
import type { EngineDeps } from '../../src/engine/deps.ts'
import { advanceRuns } from '../../src/engine/work/advance-run.ts'
import { createEngineWorld, type EngineWorld, subjectLosing } from './engine-world.ts'

/** The engine with procedures to run, and what tests of runs ask again and again. */
export interface RunWorld extends EngineWorld {
  readonly plan: RecoveryPlan
  /** Steps that fail, as `restore one`; a test adds and clears. */
  readonly fails: Set<string>
  /** Starts a procedure; answers the run's id. */
  start(procedure: string, from?: string | null, person?: string): Promise<string>
  /** Lets jobs and runs go on until nothing moves; `deps` are those of who keeps the runs. */
  settleRuns(deps?: EngineDeps): Promise<void>
  /** A run's state, and its steps as `position:state:job or who did it`. */
  look(run: string): Promise<{ state: string; steps: string[] }>
  /** Facts of runs and ends of jobs, in the journal's order. */
  story(): Promise<string[]>
}

export async function createRunWorld(
  options: Pick<NonNullable<Parameters<typeof createEngineWorld>[0]>, 'urlsOf'> = {},
): Promise<RunWorld> {
  const fails = new Set<string>()
  const kinds = [
    ...['restore', 'verify', 'fix'].map((name) => makeKind(fails, name, 'system')),
    makeKind(fails, 'restart', 'service'),
  ]
  const world = await createEngineWorld({ ...options, plan, kinds })
  return {
    ...world,
    plan,
    fails,
    async start(procedure, from = null, person = 'alice') {
      const of = { incident: 1, procedure, from, words: `run ${procedure}` }
      return (await world.engine.startRun(world.say(person), of)).run.id
    },
    async settleRuns(deps = world.deps) {
      for (let round = 0; round < 8; round += 1) {
        await advanceRuns(deps)
        await world.settle()
      }
    },
    async look(run) {
      const view = await world.deps.store.viewRun(run)
      if (!view) throw new Error(`no ${run}`)
      const steps = view.steps.map((step) => `${step.position}:${step.state}:${step.job ?? step.doneBy ?? '-'}`)
      return { state: view.run.state, steps }
    },
    async story() {
      const events = await world.deps.store.listEvents(1, 0, 1000)
      return events
        .filter(({ type }) => type.startsWith('run_') || type === 'job_succeeded' || type === 'job_failed')
        .map((event) => {
          const { step } = event.data as { step?: number | string }
          return `${event.type} ${event.job ?? step ?? ''}`.trim()
        })
    },
  }
}

/** Two tiers: two databases side by side, then a person, then the service that needs both. */
const plan: RecoveryPlan = {
  ...recoveryPlanSchema.parse({
    version: 1,
    title: 'A plan for tests',
    people: {},
    roles: { dba: { users: ['alice', 'bob'] }, sysadmin: { users: ['alice', 'carol'] }, ops: { users: ['dana'] } },
    systems: {
      one: { kind: 'postgres', tier: 1, owner: 'dba', url: 'postgres://one' },
      two: { kind: 'postgres', tier: 1, owner: 'dba', url: 'postgres://two' },
      api: { kind: 'service', tier: 2, owner: 'sysadmin', needs: ['one'], restart: ['true'], health: { tcp: 'a:1' } },
    },
    procedures: {
      all: {
        title: 'Bring all back',
        steps: [
          { restore: 'one' },
          { restore: 'two' },
          { manual: { title: 'call the vendor', owner: 'ops' } },
          { restart: 'api' },
        ],
      },
      pair: { title: 'A pair', steps: [{ restore: 'one' }, { verify: 'one' }, { restore: 'two' }, { restart: 'api' }] },
      fixed: { title: 'Mend it', steps: [{ fix: 'one' }, { restore: 'two' }, { verify: 'one' }] },
      hand: {
        title: 'By hand',
        steps: [{ manual: { title: 'call the vendor', owner: 'ops', escalateTo: ['dba'], escalateAfter: '20m' } }],
      },
      later: { title: 'Not yet', steps: [{ restore: 'one' }, { uat: 'entry' }] },
    },
  }),
  digest: 'd'.repeat(64),
  folder: '/',
}

function makeKind(fails: ReadonlySet<string>, name: string, param: 'system' | 'service'): AnyJobKind {
  return defineJob<{ system?: string; service?: string }>({
    name,
    summary: name,
    params: z.strictObject({ [param]: z.string() }) as unknown as z.ZodType<{ system?: string; service?: string }>,
    lock: ({ system, service }) => `${name}:${system ?? service}`,
    onLocked: 'refuse',
    system: ({ system, service }) => system ?? service ?? null,
    steps: [
      {
        name: 'act',
        title: 'act',
        ...(name === 'fix'
          ? { risk: 'destructive', where: 'runner', evidence: async () => subjectLosing(1) }
          : { risk: 'reversible', where: 'worker' }),
        async run({ params, signal }) {
          const { system, service } = params as { system?: string; service?: string }
          if (fails.has(`${name} ${system ?? service}`))
            throw new SalvorError('target_full', { system: 'one', seen: 'x' })
          signal.throwIfAborted()
          return { ok: true }
        },
        isDone: async () => ({ done: 'no' }),
      },
    ],
    plan: () => ['act'],
    leaves: 'nothing',
    // What a verify found stays what it was.
    instead: () =>
      name === 'verify' ? { offers: [{ verb: 'Verify', rest: 'one', command: name }], retry: false } : null,
    card: () => ({ headline: name, lines: [] }),
    report: () => ({ summary: 'done', proven: [], lost: [], left: [], undo: false, recovers: false }),
  })
}
