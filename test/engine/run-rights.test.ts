import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { advanceRun } from '../../src/engine/work/advance-run.ts'
import { createRunWorld, type RunWorld } from '../support/run-world.ts'

let world: RunWorld

beforeEach(async () => {
  world = await createRunWorld()
})

afterEach(() => world.close())

describe('a plan that changes while a run is under way', () => {
  it('changes who may do what, and not what is done', async () => {
    const run = await world.start('pair')
    const { api: _gone, ...systems } = world.plan.systems
    const changed = { ...world.plan, digest: 'e'.repeat(64), systems, procedures: {} }
    const deps = { ...world.deps, plans: { ...world.deps.plans, inForce: async () => changed } }
    await world.settleRuns(deps)
    expect(await world.look(run)).toEqual({
      state: 'failed',
      steps: ['1:started:restore-1', '2:started:verify-1', '3:started:restore-2', '4:refused:-'],
    })
    expect((await world.view('verify-1')).job.planDigest).toBe(world.plan.digest)
  })
})

describe('the rights of a run', () => {
  it('are those of whoever started it, at the moment of each step', async () => {
    const run = await world.start('pair', null, 'bob')
    await world.settleRuns()
    expect(await world.look(run)).toEqual({
      state: 'failed',
      steps: ['1:started:restore-1', '2:started:verify-1', '3:started:restore-2', '4:refused:-'],
    })
    const view = await world.deps.store.viewRun(run)
    expect(view?.steps[3]?.failure).toMatchObject({ code: 'role_missing' })
    const events = await world.deps.store.listEvents(1, 0, 1000)
    const refused = events.find(({ type }) => type === 'run_step_refused')
    expect(refused?.data).toMatchObject({ step: 4, owner: ['sysadmin'] })
    await expect(world.engine.resume(world.say('bob'), run)).rejects.toMatchObject({ code: 'role_missing' })
    await world.engine.resume(world.say('carol'), run)
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'succeeded' })
    expect((await world.view('restart-1')).job.requester).toBe('carol')
  })

  it('start nothing while a role cannot be looked up, and go on when it can', async () => {
    const run = await world.start('pair')
    const blind = {
      ...world.deps,
      roles: { ...world.deps.roles, holds: () => Promise.reject(new SalvorError('slack_unreachable', { seen: 'x' })) },
    }
    await advanceRun(blind, run)
    expect((await world.look(run)).steps.every((step) => step.includes('waiting'))).toBe(true)
    expect((await world.deps.store.viewRun(run))?.run.waitingFor).toMatchObject({ code: 'rights' })
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'succeeded' })
  })

  it('let only people with the owner’s role say that a manual step is done', async () => {
    const run = await world.start('all')
    await world.settleRuns()
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
    await expect(world.start('al')).rejects.toMatchObject({ code: 'procedure_unknown' })
    await expect(world.start('later')).rejects.toMatchObject({ code: 'procedure_kind_end' })
    await expect(world.start('all', '9')).rejects.toMatchObject({ code: 'procedure_step' })
  })

  it('while the same procedure is under way', async () => {
    await world.start('all')
    await expect(world.start('all')).rejects.toMatchObject({ code: 'run_active' })
  })

  it('at a step whose target somebody else has locked, and goes on once it is free', async () => {
    const of = { incident: 1, kind: 'restore', params: { system: 'one' }, words: 'restore one' }
    const other = (await world.engine.requestJob(world.say('bob'), of)).id
    const run = await world.start('pair')
    await advanceRun(world.deps, run)
    expect((await world.look(run)).steps[0]).toBe('1:refused:-')
    await world.settleRuns()
    expect((await world.view(other)).job.state).toBe('succeeded')
    expect(await world.look(run)).toMatchObject({ state: 'failed' })
    await world.engine.resume(world.say('alice'), run)
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'succeeded' })
  })
})
