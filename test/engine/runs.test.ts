import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { advanceRun } from '../../src/engine/work/advance-run.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createRunWorld, type RunWorld } from '../support/run-world.ts'

let world: RunWorld

beforeEach(async () => {
  world = await createRunWorld()
})

afterEach(() => world.close())

describe('a run', () => {
  it('starts what waits for nothing side by side, asks people, and ends when all is done', async () => {
    const run = await world.start('all')
    await advanceRun(world.deps, run)
    expect(await world.look(run)).toEqual({
      state: 'running',
      steps: ['1:started:restore-1', '2:started:restore-2', '3:waiting:-', '4:waiting:-'],
    })
    await world.settleRuns()
    expect((await world.look(run)).steps).toEqual([
      '1:started:restore-1',
      '2:started:restore-2',
      '3:asked:-',
      '4:waiting:-',
    ])
    await world.engine.markDone(world.say('dana'), { run, step: 3, evidence: 'they confirmed' })
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'succeeded' })
    expect(await world.story()).toEqual([
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
    const run = await world.start('all')
    await Promise.all(Array.from({ length: 6 }, () => advanceRun(world.deps, run)))
    const jobs = (await world.deps.store.viewIncident(1))?.jobs.map(({ job }) => job.id)
    expect(jobs).toEqual(['restore-1', 'restore-2'])
    const events = await world.eventTypes()
    expect(events.filter((type) => type === 'run_step_started')).toHaveLength(2)
  })

  it('loses and doubles nothing when whoever keeps it dies between the job’s end and the next job', async () => {
    const run = await world.start('pair')
    await advanceRun(world.deps, run)
    await world.settle()
    // The jobs have ended and nobody has looked after the run since: as after a kill.
    expect((await world.look(run)).steps).toEqual([
      '1:started:restore-1',
      '2:waiting:-',
      '3:started:restore-2',
      '4:waiting:-',
    ])
    const wake = world.deps.wakeups.wake
    const broken = { ...world.deps, wakeups: { wake: () => Promise.reject(new Error('killed')) } }
    await expect(advanceRun(broken, run)).rejects.toThrow('killed')
    expect(wake).toBe(world.deps.wakeups.wake)
    expect((await world.look(run)).steps[1]).toBe('2:started:verify-1')
    await advanceRun(world.deps, run)
    const jobs = (await world.deps.store.viewIncident(1))?.jobs.map(({ job }) => job.id)
    expect(jobs).toEqual(['restore-1', 'restore-2', 'verify-1'])
  })

  it('stops what depends on a failed job and nothing else, and goes on when it is resumed', async () => {
    world.fails.add('restore one')
    const run = await world.start('pair')
    await world.settleRuns()
    expect(await world.look(run)).toEqual({
      state: 'failed',
      steps: ['1:started:restore-1', '2:waiting:-', '3:started:restore-2', '4:waiting:-'],
    })
    expect((await world.view('restore-2')).job.state).toBe('succeeded')
    world.fails.clear()
    await world.engine.resume(world.say('bob'), run)
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'succeeded' })
    expect((await world.view('restore-1')).job.requester).toBe('alice')
  })

  it('asks anew, when it is resumed, for a step that would only fail in the same way', async () => {
    world.fails.add('verify one')
    const run = await world.start('pair')
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'failed' })
    const facts = { job: 'verify-1', instead: 'verify' }
    for (const again of [
      () => world.engine.retry(world.say('alice'), 'verify-1'),
      () => world.engine.resume(world.say('alice'), 'verify-1'),
    ])
      await expect(again()).rejects.toMatchObject({ code: 'retry_same', facts })
    world.fails.clear()
    await world.engine.resume(world.say('alice'), run)
    await world.settleRuns()
    const now = await world.look(run)
    expect(now.state).toBe('succeeded')
    expect(now.steps.filter((step) => step.includes('verify-1'))).toEqual([])
  })

  it('goes on by itself once somebody retried the job that had failed', async () => {
    world.fails.add('restore one')
    const run = await world.start('pair')
    await world.settleRuns()
    world.fails.clear()
    await world.engine.retry(world.say('bob'), 'restore-1')
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'succeeded' })
  })

  it('begins at the step that --from names', async () => {
    const run = await world.start('pair', '3')
    await world.settleRuns()
    expect(await world.look(run)).toEqual({
      state: 'succeeded',
      steps: ['1:skipped:-', '2:skipped:-', '3:started:restore-1', '4:started:restart-1'],
    })
  })

  it('is stopped with its jobs and resumed with them', async () => {
    const run = await world.start('all')
    await advanceRun(world.deps, run)
    await world.engine.stop(world.say('dana'), run)
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'stopped' })
    expect((await world.view('restore-1')).job.state).toBe('stopped')
    await expect(world.engine.stop(world.say('dana'), run)).rejects.toMatchObject({ code: 'move_illegal' })
    await world.engine.resume(world.say('alice'), run)
    await world.settleRuns()
    expect((await world.look(run)).steps[2]).toBe('3:asked:-')
  })

  it('finishes the stop of its jobs when whoever asked for it was killed in between', async () => {
    const run = await world.start('all')
    await advanceRun(world.deps, run)
    await world.deps.store.transaction((tx) =>
      tx.updateRun(run, { stopRequestedBy: 'dana', stopRequestedAt: new Date().toISOString() }),
    )
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'stopped' })
  })
})

describe('an incident with a run', () => {
  it('is not closed while the run waits for a person, and is once it was stopped', async () => {
    const run = await world.start('all')
    await world.settleRuns()
    const close = () => world.engine.closeIncident(world.say('alice'), 1, null)
    await expect(close()).rejects.toMatchObject({ code: 'incident_jobs_active', facts: { jobs: run } })
    expect(await world.engine.stopAll(world.say('dana'), 1)).toEqual([run])
    await world.settleRuns()
    expect(await close()).toMatchObject({ state: 'closed' })
  })
})

describe('a step of a run', () => {
  it('that was rejected is asked for anew by whoever resumes, who then cannot approve it', async () => {
    const run = await world.start('fixed')
    await world.settleRuns()
    await world.engine.reject(world.say('bob'), { job: 'fix-1', reason: 'not this one' })
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'failed' })
    await world.engine.resume(world.say('bob'), run)
    await world.settleRuns()
    expect((await world.look(run)).steps[0]).toBe('1:started:fix-2')
    await expect(world.engine.approve(world.say('bob'), { job: 'fix-2' })).rejects.toMatchObject({
      code: 'approval_own',
    })
    await world.engine.approve(world.say('alice'), { job: 'fix-2' })
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'succeeded' })
  })

  it('that is in doubt needs a person: the run goes on once it is settled', async () => {
    const run = await world.start('fixed')
    await world.settleRuns()
    await doubt('fix-1')
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'needs_person' })
    await expect(world.engine.resume(world.say('alice'), run)).rejects.toMatchObject({ code: 'step_unsettled' })
    await world.engine.resume(world.say('alice'), 'fix-1', { as: 'done', reason: 'saw it' })
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'succeeded' })
  })

  it('that is in doubt is stopped with its run', async () => {
    const run = await world.start('fixed')
    await world.settleRuns()
    await doubt('fix-1')
    await world.settleRuns()
    expect(await world.engine.stopAll(world.say('dana'), 1)).toContain(run)
    await world.settleRuns()
    expect(await world.look(run)).toMatchObject({ state: 'stopped' })
    expect((await world.view('fix-1')).job.state).toBe('stopped')
  })

  it('by hand is not done while its run is stopped', async () => {
    const run = await world.start('all')
    await world.settleRuns()
    await world.engine.stop(world.say('dana'), run)
    await world.settleRuns()
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
