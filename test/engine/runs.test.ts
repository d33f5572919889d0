import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { type RecoveryPlan, recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import { type AnyJobKind, defineJob } from '../../src/engine/define-job.ts'
import { advanceRun, advanceRuns } from '../../src/engine/work/advance-run.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createEngineWorld, type EngineWorld, subjectLosing } from '../support/engine-world.ts'

/** What a step of each kind does, by `kind about`; a test changes it. */
let fails: Set<string>
let world: EngineWorld

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
      later: { title: 'Not yet', steps: [{ restore: 'one' }, { uat: 'entry' }] },
    },
  }),
  digest: 'd'.repeat(64),
  folder: '/',
}

function makeKind(name: string, param: 'system' | 'service'): AnyJobKind {
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
    card: () => ({ headline: name, lines: [] }),
    report: () => ({ summary: 'done', proven: [], lost: [], left: [], undo: false, recovers: false }),
  })
}

const kinds = [...['restore', 'verify', 'fix'].map((name) => makeKind(name, 'system')), makeKind('restart', 'service')]

beforeEach(async () => {
  fails = new Set()
  world = await createEngineWorld({ plan, kinds })
})

afterEach(() => world.close())

const start = async (procedure: string, from: string | null = null, person = 'alice') => {
  const of = { incident: 1, procedure, from, words: `run ${procedure}` }
  return (await world.engine.startRun(world.say(person), of)).run.id
}

/** Lets jobs and runs go on until nothing moves. */
const settle = async () => {
  for (let round = 0; round < 8; round += 1) {
    await advanceRuns(world.deps)
    await world.settle()
  }
}

const look = async (run: string) => {
  const view = await world.deps.store.viewRun(run)
  if (!view) throw new Error(`no ${run}`)
  const steps = view.steps.map((step) => `${step.position}:${step.state}:${step.job ?? step.doneBy ?? '-'}`)
  return { state: view.run.state, steps }
}

const story = async () =>
  (await world.deps.store.listEvents(1, 0, 1000))
    .filter(({ type }) => type.startsWith('run_') || type === 'job_succeeded' || type === 'job_failed')
    .map((event) => {
      const { step } = event.data as { step?: number | string }
      return `${event.type} ${event.job ?? step ?? ''}`.trim()
    })

describe('a run', () => {
  it('starts what waits for nothing side by side, asks people, and ends when all is done', async () => {
    const run = await start('all')
    await advanceRun(world.deps, run)
    expect(await look(run)).toEqual({
      state: 'running',
      steps: ['1:started:restore-1', '2:started:restore-2', '3:waiting:-', '4:waiting:-'],
    })
    await settle()
    expect((await look(run)).steps).toEqual(['1:started:restore-1', '2:started:restore-2', '3:asked:-', '4:waiting:-'])
    await world.engine.markDone(world.say('dana'), { run, step: 3, evidence: 'they confirmed' })
    await settle()
    expect(await look(run)).toMatchObject({ state: 'succeeded' })
    expect(await story()).toEqual([
      'run_started',
      'run_step_started restore-1',
      'run_step_started restore-2',
      'job_succeeded restore-1',
      'job_succeeded restore-2',
      'run_step_asked 3',
      'run_step_done 3',
      'run_step_started restart-1',
      'job_succeeded restart-1',
      'run_succeeded',
    ])
    expect(await auditIncident(world.pool, 1)).toMatchObject({ whole: true })
    expect(await world.deps.store.listLocks()).toEqual([])
  })

  it('asks for every job once, however often and by however many it is looked after', async () => {
    const run = await start('all')
    await Promise.all(Array.from({ length: 6 }, () => advanceRun(world.deps, run)))
    const jobs = (await world.deps.store.viewIncident(1))?.jobs.map(({ job }) => job.id)
    expect(jobs).toEqual(['restore-1', 'restore-2'])
    const events = await world.eventTypes()
    expect(events.filter((type) => type === 'run_step_started')).toHaveLength(2)
  })

  it('loses and doubles nothing when whoever keeps it dies between the job’s end and the next job', async () => {
    const run = await start('pair')
    await advanceRun(world.deps, run)
    await world.settle()
    // The jobs have ended and nobody has looked after the run since: as after a kill.
    expect((await look(run)).steps).toEqual([
      '1:started:restore-1',
      '2:waiting:-',
      '3:started:restore-2',
      '4:waiting:-',
    ])
    const wake = world.deps.wakeups.wake
    const broken = { ...world.deps, wakeups: { wake: () => Promise.reject(new Error('killed')) } }
    await expect(advanceRun(broken, run)).rejects.toThrow('killed')
    expect(wake).toBe(world.deps.wakeups.wake)
    expect((await look(run)).steps[1]).toBe('2:started:verify-1')
    await advanceRun(world.deps, run)
    const jobs = (await world.deps.store.viewIncident(1))?.jobs.map(({ job }) => job.id)
    expect(jobs).toEqual(['restore-1', 'restore-2', 'verify-1'])
  })

  it('stops what depends on a failed job and nothing else, and goes on when it is resumed', async () => {
    fails.add('restore one')
    const run = await start('pair')
    await settle()
    expect(await look(run)).toEqual({
      state: 'failed',
      steps: ['1:started:restore-1', '2:waiting:-', '3:started:restore-2', '4:waiting:-'],
    })
    expect((await world.view('restore-2')).job.state).toBe('succeeded')
    fails.clear()
    await world.engine.resume(world.say('bob'), run)
    await settle()
    expect(await look(run)).toMatchObject({ state: 'succeeded' })
    expect((await world.view('restore-1')).job.requester).toBe('alice')
  })

  it('goes on by itself once somebody retried the job that had failed', async () => {
    fails.add('restore one')
    const run = await start('pair')
    await settle()
    fails.clear()
    await world.engine.retry(world.say('bob'), 'restore-1')
    await settle()
    expect(await look(run)).toMatchObject({ state: 'succeeded' })
  })

  it('begins at the step that --from names', async () => {
    const run = await start('pair', '3')
    await settle()
    expect(await look(run)).toEqual({
      state: 'succeeded',
      steps: ['1:skipped:-', '2:skipped:-', '3:started:restore-1', '4:started:restart-1'],
    })
  })

  it('is stopped with its jobs and resumed with them', async () => {
    const run = await start('all')
    await advanceRun(world.deps, run)
    await world.engine.stop(world.say('dana'), run)
    await settle()
    expect(await look(run)).toMatchObject({ state: 'stopped' })
    expect((await world.view('restore-1')).job.state).toBe('stopped')
    await expect(world.engine.stop(world.say('dana'), run)).rejects.toMatchObject({ code: 'move_illegal' })
    await world.engine.resume(world.say('alice'), run)
    await settle()
    expect((await look(run)).steps[2]).toBe('3:asked:-')
  })

  it('finishes the stop of its jobs when whoever asked for it was killed in between', async () => {
    const run = await start('all')
    await advanceRun(world.deps, run)
    await world.deps.store.transaction((tx) =>
      tx.updateRun(run, { stopRequestedBy: 'dana', stopRequestedAt: new Date().toISOString() }),
    )
    await settle()
    expect(await look(run)).toMatchObject({ state: 'stopped' })
  })
})

describe('a step of a run', () => {
  it('that was rejected is asked for anew by whoever resumes, who then cannot approve it', async () => {
    const run = await start('fixed')
    await settle()
    await world.engine.reject(world.say('bob'), { job: 'fix-1', reason: 'not this one' })
    await settle()
    expect(await look(run)).toMatchObject({ state: 'failed' })
    await world.engine.resume(world.say('bob'), run)
    await settle()
    expect((await look(run)).steps[0]).toBe('1:started:fix-2')
    await expect(world.engine.approve(world.say('bob'), { job: 'fix-2' })).rejects.toMatchObject({
      code: 'approval_own',
    })
    await world.engine.approve(world.say('alice'), { job: 'fix-2' })
    await settle()
    expect(await look(run)).toMatchObject({ state: 'succeeded' })
  })

  it('that is in doubt needs a person: the run goes on once it is settled', async () => {
    const run = await start('fixed')
    await settle()
    await doubt('fix-1')
    await settle()
    expect(await look(run)).toMatchObject({ state: 'needs_person' })
    await expect(world.engine.resume(world.say('alice'), run)).rejects.toMatchObject({ code: 'step_unknown' })
    await world.engine.resume(world.say('alice'), 'fix-1', { as: 'done', reason: 'saw it' })
    await settle()
    expect(await look(run)).toMatchObject({ state: 'succeeded' })
  })

  it('that is in doubt is stopped with its run', async () => {
    const run = await start('fixed')
    await settle()
    await doubt('fix-1')
    await settle()
    expect(await world.engine.stopAll(world.say('dana'), 1)).toContain(run)
    await settle()
    expect(await look(run)).toMatchObject({ state: 'stopped' })
    expect((await world.view('fix-1')).job.state).toBe('stopped')
  })

  it('by hand is not done while its run is stopped', async () => {
    const run = await start('all')
    await settle()
    await world.engine.stop(world.say('dana'), run)
    await settle()
    const done = world.engine.markDone(world.say('dana'), { run, step: 3, evidence: 'seen' })
    await expect(done).rejects.toMatchObject({ code: 'run_step_settled' })
  })
})

/** As after a worker that was lost in the middle: only a person can say whether the step happened. */
async function doubt(job: string): Promise<void> {
  await world.pool.query(`UPDATE salvor.approvals SET state = 'superseded' WHERE job = $1`, [job])
  await world.pool.query(`UPDATE salvor.jobs SET state = 'running' WHERE id = $1`, [job])
  for (const state of ['running', 'in_doubt', 'needs_person'])
    await world.pool.query('UPDATE salvor.steps SET state = $2 WHERE job = $1', [job, state])
  await world.pool.query(`UPDATE salvor.jobs SET state = 'needs_person' WHERE id = $1`, [job])
}

describe('a plan that changes while a run is under way', () => {
  it('changes who may do what, and not what is done', async () => {
    const run = await start('pair')
    const { api: _gone, ...systems } = plan.systems
    const changed = { ...plan, digest: 'e'.repeat(64), systems, procedures: {} }
    const deps = { ...world.deps, plans: { ...world.deps.plans, inForce: async () => changed } }
    for (let round = 0; round < 8; round += 1) {
      await advanceRuns(deps)
      await world.settle()
    }
    expect(await look(run)).toEqual({
      state: 'failed',
      steps: ['1:started:restore-1', '2:started:verify-1', '3:started:restore-2', '4:refused:-'],
    })
    expect((await world.view('verify-1')).job.planDigest).toBe(plan.digest)
  })
})

describe('the rights of a run', () => {
  it('are those of whoever started it, at the moment of each step', async () => {
    const run = await start('pair', null, 'bob')
    await settle()
    expect(await look(run)).toEqual({
      state: 'failed',
      steps: ['1:started:restore-1', '2:started:verify-1', '3:started:restore-2', '4:refused:-'],
    })
    const view = await world.deps.store.viewRun(run)
    expect(view?.steps[3]?.failure).toMatchObject({ code: 'role_missing' })
    await expect(world.engine.resume(world.say('bob'), run)).rejects.toMatchObject({ code: 'role_missing' })
    await world.engine.resume(world.say('carol'), run)
    await settle()
    expect(await look(run)).toMatchObject({ state: 'succeeded' })
    expect((await world.view('restart-1')).job.requester).toBe('carol')
  })

  it('start nothing while a role cannot be looked up, and go on when it can', async () => {
    const run = await start('pair')
    const blind = { ...world.deps, roles: { ...world.deps.roles, holds: () => Promise.reject(new Error('no Slack')) } }
    await advanceRun(blind, run)
    expect((await look(run)).steps.every((step) => step.includes('waiting'))).toBe(true)
    expect((await world.deps.store.viewRun(run))?.run.waitingFor).toMatch(/Slack/)
    await settle()
    expect(await look(run)).toMatchObject({ state: 'succeeded' })
  })

  it('let only people with the owner’s role say that a manual step is done', async () => {
    const run = await start('all')
    await settle()
    const done = (person: string, evidence = 'seen') =>
      world.engine.markDone(world.say(person), { run, step: 3, evidence })
    await expect(done('alice')).rejects.toMatchObject({ code: 'role_missing' })
    await expect(done('dana', '  ')).rejects.toMatchObject({ code: 'run_evidence' })
    await done('dana')
    await expect(done('dana')).rejects.toMatchObject({ code: 'run_step_settled' })
  })
})

describe('a run is refused', () => {
  it('for a procedure that the plan lacks, a kind that nothing can do, a step that is not there', async () => {
    await expect(start('al')).rejects.toMatchObject({ code: 'procedure_unknown' })
    await expect(start('later')).rejects.toMatchObject({ code: 'procedure_kind' })
    await expect(start('all', '9')).rejects.toMatchObject({ code: 'procedure_step' })
  })

  it('while the same procedure is under way', async () => {
    await start('all')
    await expect(start('all')).rejects.toMatchObject({ code: 'run_active' })
  })

  it('at a step whose target somebody else has locked, and goes on once it is free', async () => {
    const of = { incident: 1, kind: 'restore', params: { system: 'one' }, words: 'restore one' }
    const other = (await world.engine.requestJob(world.say('bob'), of)).id
    const run = await start('pair')
    await advanceRun(world.deps, run)
    expect((await look(run)).steps[0]).toBe('1:refused:-')
    await settle()
    expect((await world.view(other)).job.state).toBe('succeeded')
    expect(await look(run)).toMatchObject({ state: 'failed' })
    await world.engine.resume(world.say('alice'), run)
    await settle()
    expect(await look(run)).toMatchObject({ state: 'succeeded' })
  })
})
