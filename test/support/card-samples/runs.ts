import { jobRegister } from '../../../jobs/index.ts'
import type { Card } from '../../../src/domain/card.ts'
import { buildJobCard } from '../../../src/domain/cards/job-card.ts'
import { buildSuccessCard } from '../../../src/domain/cards/outcome-card.ts'
import { buildDryRunCard, buildPlanCard } from '../../../src/domain/cards/plan-card.ts'
import { buildReadinessCard } from '../../../src/domain/cards/readiness-card.ts'
import { buildRootCard } from '../../../src/domain/cards/root-card.ts'
import { buildManualCard, buildRunCard, describeRuns } from '../../../src/domain/cards/run-card.ts'
import type { DryRunStep } from '../../../src/domain/dry-run.ts'
import type { JsonObject } from '../../../src/domain/json.ts'
import { type ReadinessFinding, readinessAreas } from '../../../src/domain/readiness.ts'
import type { Run, RunState, RunStepView, RunView } from '../../../src/domain/run.ts'
import type { RunStepStatus } from '../../../src/domain/run-progress.ts'
import { waitsFor } from '../../../src/domain/waiting.ts'
import { fakePlan } from '../fakes/plan.ts'
import { incident, minutesAway, now, restoreSteps, viewOf } from './world.ts'

interface Named {
  readonly name: string
  readonly card: Card
}

const failure = {
  code: 'lock_held',
  facts: { target: 'orders-db', job: 'restore-1', words: 'restore orders-db', by: 'alice' },
}

const run = (of: Partial<Run> = {}): Run => ({
  ...{ id: 'run-2', incident: 7, procedure: 'cut-back', title: 'Back to the old schema', state: 'running' },
  ...{ words: 'run cut-back', requester: 'alice', requesterSlack: 'U0ALICE', requestedAt: minutesAway(-9) },
  ...{ planDigest: 'a'.repeat(64), fromStep: null, waitingFor: null, stopRequestedBy: null, stopRequestedAt: null },
  finishedAt: null,
  ...of,
})

const step = (position: number, of: Partial<RunStepView> = {}): RunStepView => ({
  ...{ id: `run-2/${position}`, run: 'run-2', position, verb: 'restore', about: 'orders-db', system: 'orders-db' },
  ...{ owner: null, after: position > 1 ? [position - 1] : [], state: 'waiting', attempt: 1, job: null },
  ...{ askedBy: null, askedBySlack: null, doneBy: null, evidence: null, doneAt: null, failure: null },
  ...{ jobState: null, jobWaitsFor: null, jobCleanedUp: false },
  ...of,
})

const manual = { verb: 'manual', about: 'Tell the shops', system: null, owner: 'sysadmin' } as const
const done = { doneBy: 'carol', evidence: 'mail sent 03:05, *all* shops <answered>', doneAt: minutesAway(-4) }
const stepsByStatus: { readonly [S in RunStepStatus]: Partial<RunStepView> } = {
  waiting: {},
  skipped: { state: 'skipped' },
  working: {
    state: 'started',
    job: 'restore-1',
    jobState: 'running',
    jobWaitsFor: waitsFor('lock', { target: 'database:orders-db', job: 'fix-1' }),
  },
  asked: { ...manual, state: 'asked' },
  done: { ...manual, ...done, state: 'done' },
  failed: { state: 'started', job: 'restore-1', jobState: 'failed' },
  stopped: { state: 'started', job: 'restore-1', jobState: 'stopped' },
  doubt: { state: 'started', job: 'restore-1', jobState: 'needs_person' },
  refused: { state: 'refused', failure },
}
const finishedAt = minutesAway(-1)
const stopped = { finishedAt, stopRequestedBy: 'carol', stopRequestedAt: minutesAway(-2) }
/** Each with the steps that it may have. */
const runsByState: { readonly [S in RunState]: readonly [Partial<Run>, readonly RunStepStatus[]] } = {
  running: [{}, ['skipped', 'done', 'working', 'asked', 'waiting']],
  succeeded: [{ finishedAt }, ['skipped', 'done']],
  failed: [{ finishedAt }, ['done', 'failed', 'refused', 'waiting']],
  stopped: [stopped, ['done', 'stopped', 'waiting']],
  needs_person: [{}, ['done', 'doubt', 'waiting']],
}

/** Cards of procedures: runs and manual steps in every state, dry runs, the plan and its readiness; and kinds of jobs. */
export function listPlanCards(): Named[] {
  return [...listRuns(), ...listManuals(), ...listPlans(), ...listKinds()]
}

function listRuns(): Named[] {
  const all = Object.values(stepsByStatus).map((of, index) => step(index + 1, of))
  const some = (statuses: readonly RunStepStatus[]) => statuses.map((one, index) => step(index + 1, stepsByStatus[one]))
  const draw = (name: string, view: RunView): Named => ({
    name: `run ${name}`,
    card: buildRunCard(view, { people: { 4: ['carol'] } }),
  })
  const states = Object.entries(runsByState).map(
    ([state, [of, statuses]]): RunView => ({
      run: run({ ...of, state: state as RunState }),
      steps: some(statuses),
      asks: [],
    }),
  )
  const runs = describeRuns(states, { 'run-2/4': ['carol'] })
  return [
    ...states.map((view) => draw(view.run.state, view)),
    draw('with every step', { run: run(), steps: all, asks: [] }),
    draw('stopping', { run: run({ stopRequestedBy: 'carol', stopRequestedAt: minutesAway(0) }), steps: all, asks: [] }),
    draw('of forty steps', { run: run(), steps: Array.from({ length: 40 }, (_, index) => step(index + 1)), asks: [] }),
    {
      name: 'root with runs',
      card: buildRootCard({ incident: incident(), jobs: [] }, now, { awaitedByJob: {}, headlinesByJob: {}, runs }),
    },
  ]
}

function listManuals(): Named[] {
  const draw = (name: string, of: Partial<RunStepView>, people: string[] = []): Named => ({
    name: `manual step ${name}`,
    card: buildManualCard({ run: run(), steps: [step(1, { ...manual, ...of })], asks: [] }, 1, people),
  })
  return [
    draw('asked', { state: 'asked' }, ['carol']),
    draw('asked of a role', { state: 'asked' }),
    draw('done', { ...done, state: 'done' }),
    draw('not awaited', {}),
  ]
}

function listPlans(): Named[] {
  const told: DryRunStep = {
    ...{ position: 1, title: 'restore orders-db', tier: 0, owner: ['dba'], people: ['alice', 'bob'], after: [] },
    ...{ lock: 'database:orders-db', back: 'Undo', estimate: { seconds: 240, source: 'restore-3' }, problem: null },
    parts: [
      { title: 'load', risk: 'reversible', does: ['pg_restore --jobs 4 <archive>'], approval: null },
      {
        ...{ title: 'switch', risk: 'destructive', does: ['ALTER DATABASE orders RENAME TO orders_old_1;'] },
        approval: { from: ['dba'], count: 1, notRequester: true, people: ['bob', 'dana'] },
      },
    ],
  }
  const byHand: DryRunStep = { ...told, position: 2, title: 'Tell the shops', tier: null, parts: [], estimate: null }
  const unknown: DryRunStep = { ...byHand, position: 3, title: 'watch orders', problem: 'this Salvor knows no watch' }
  const finding = (state: ReadinessFinding['state'], index: number): ReadinessFinding => ({
    ...{ area: readinessAreas[index % readinessAreas.length] ?? 'tools', state, subject: 'orders-db' },
    ...{ seen: 'the role salvor_worker may not create databases', fix: 'ALTER ROLE salvor_worker CREATEDB;' },
  })
  const findings = (['good', 'warning', 'unknown', 'bad'] as const).map(finding)
  const plan = fakePlan({
    procedures: {
      'cut-back': { title: 'Back to the old schema', steps: [{ restore: 'orders-db' }, { restart: 'orders-api' }] },
    },
  })
  return [
    {
      name: 'dry run',
      card: buildDryRunCard({ procedure: 'cut-back', title: 'Back', steps: [told, byHand, unknown] }),
    },
    { name: 'plan', card: buildPlanCard(plan, [{ tier: 0, systems: ['orders-db', 'orders-api'] }]) },
    { name: 'plan without procedures', card: buildPlanCard(fakePlan(), []) },
    { name: 'readiness', card: buildReadinessCard(findings) },
    { name: 'readiness, all good', card: buildReadinessCard([finding('good', 0)]) },
    {
      name: 'readiness, much to mend',
      card: buildReadinessCard(Array.from({ length: 40 }, (_, one) => finding('bad', one))),
    },
  ]
}

/** Params of which each kind takes one; a kind that takes none of them needs its own line here. */
const someParams: readonly JsonObject[] = [
  { system: 'orders-db' },
  { service: 'orders-api' },
  { log: 'migration' },
  { job: 'restore-1', system: 'orders-db' },
  { system: 'orders-db', remedy: 'widen-phone' },
  { system: 'orders-db', migration: 'orders' },
  { suite: 'order-entry' },
]

/** What each kind of job says of itself before its steps have told anything, and when it is done. */
function listKinds(): Named[] {
  return jobRegister.list().flatMap((kind): Named[] => {
    const params = someParams.find((one) => kind.params.safeParse(one).success)
    if (!params) throw new Error(`no sample has params for ${kind.name}`)
    const job = { id: `${kind.name}-1`, kind: kind.name, words: `${kind.name} orders-db`, params }
    const view = viewOf({ ...job, state: 'running' }, restoreSteps({ state: 'running' }))
    const ended = viewOf({ ...job, state: 'succeeded', finishedAt: minutesAway(-1) })
    const extra = { worker: 'db1', awaited: [], undo: false }
    return [
      { name: `kind ${kind.name} at work`, card: buildJobCard(view, kind.card(view), now, extra) },
      { name: `kind ${kind.name} done`, card: buildSuccessCard(ended, kind.report(ended)) },
    ]
  })
}
