import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { warning } from '../../src/domain/approval-warnings.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { executeStep } from '../../src/engine/work/execute-step.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createEngineWorld, type EngineWorld, subjectLosing } from '../support/engine-world.ts'
import { ageApprovals } from '../support/past-guards.ts'

let world: EngineWorld

beforeEach(async () => {
  world = await createEngineWorld()
})

afterEach(() => world.close())

const request = (target?: string) => world.request(target)
const stateOf = (job: string) => world.stateOf(job)

describe('a job', () => {
  it('runs to the step that needs an approval and waits there', async () => {
    const job = await request()
    await world.settle()
    expect(await stateOf(job)).toEqual({
      job: 'awaiting_approval',
      steps: ['look:done:1', 'make:done:1', 'switch:waiting:1'],
    })
    expect(world.script.calls).toEqual({ look: 1, make: 1 })
  })

  it('finishes after another person approved, and its journal is whole', async () => {
    const job = await request()
    await world.settle()
    await world.engine.approve(world.say('bob'), { job })
    await world.settle()
    expect((await stateOf(job)).job).toBe('succeeded')
    expect(world.script.calls.switch).toBe(1)
    expect((await world.view(job)).approvals.map((one) => one.state)).toEqual(['used'])
    expect(await auditIncident(world.pool, world.incident.number)).toMatchObject({ whole: true })
    expect((await world.deps.store.findIncident(world.incident.number))?.state).toBe('recovered')
    expect(await world.deps.store.listLocks()).toEqual([])
  })

  it('has one effect however often Approve is pressed at once', async () => {
    const job = await request()
    await world.settle()
    const clicks = Array.from({ length: 5 }, () => world.engine.approve(world.say('bob'), { job }))
    const outcomes = await Promise.allSettled(clicks)
    expect(outcomes.map((one) => one.status)).toEqual(Array(5).fill('fulfilled'))
    await world.settle()
    expect(world.script.calls.switch).toBe(1)
    // One more after it was used: still nothing to complain about.
    await world.engine.approve(world.say('bob'), { job })
    await expect(world.engine.approve(world.say('dana'), { job })).rejects.toMatchObject({ code: 'approval_ended' })
    expect((await world.eventTypes()).filter((type) => type === 'approval_granted')).toHaveLength(1)
  })

  it('cannot be approved by who asked for it, nor by who holds no role', async () => {
    const job = await request()
    await world.settle()
    await expect(world.engine.approve(world.say('alice'), { job })).rejects.toMatchObject({ code: 'approval_own' })
    await expect(world.engine.approve(world.say('carol'), { job })).rejects.toMatchObject({ code: 'approval_role' })
    expect((await stateOf(job)).job).toBe('awaiting_approval')
  })

  it('asks anew when what was shown has changed before it starts', async () => {
    const job = await request()
    await world.settle()
    await world.engine.approve(world.say('bob'), { job })
    world.script.evidence = () => subjectLosing(7)
    await world.settle()
    const view = await world.view(job)
    expect(world.script.calls.switch).toBeUndefined()
    expect(view.approvals.map((one) => one.state)).toEqual(['superseded', 'asked'])
    expect(view.approvals[1]?.why).toMatchObject([{ code: 'rows_lost', facts: { now: 7, before: 2 } }])
    const digest = view.approvals[0]?.digest ?? ''
    await expect(world.engine.approve(world.say('bob'), { job, digest })).rejects.toMatchObject({
      code: 'approval_stale',
    })
  })

  it.each<[string, Partial<ApprovalSubject>]>([
    ['what is proven', { proven: '0 of 1 tables' }],
    ['what is not proven', { unproven: 'public.t' }],
    ['what is lost, as said', { lost: 'nothing' }],
    ['a warning', { warnings: [warning('live_gone', { live: 'demo', old: 'demo_old_1' })] }],
  ])('asks anew when only this has changed since the card: %s', async (_what, change) => {
    const job = await request()
    await world.settle()
    await world.engine.approve(world.say('bob'), { job })
    world.script.evidence = () => ({ ...subjectLosing(2), ...change })
    await world.settle()
    expect(world.script.calls.switch).toBeUndefined()
    expect((await world.view(job)).approvals.map((one) => one.state)).toEqual(['superseded', 'asked'])
  })

  it('goes by the number of its cards, whatever the clock of the store did between two of them', async () => {
    const job = await request()
    await world.settle()
    await world.engine.approve(world.say('bob'), { job })
    world.script.evidence = () => subjectLosing(7)
    await world.settle()
    await ageApprovals(world.database.url, 30)
    expect((await world.view(job)).approvals.map(({ id }) => id)).toEqual([`${job}/a1`, `${job}/a2`])
    await world.engine.approve(world.say('bob'), { job })
    await world.settle()
    expect(await stateOf(job)).toMatchObject({ job: 'succeeded' })
  })

  it('fails with words when what an approval needs cannot be looked at, and can be retried', async () => {
    const job = await request()
    const evidence = world.script.evidence
    world.script.evidence = () => {
      throw new Error('permission denied for table orders')
    }
    await world.settle()
    const { job: failed } = await world.view(job)
    expect(failed).toMatchObject({ state: 'failed' })
    const [event] = (await world.deps.store.listEvents(1, 0, 500)).filter(({ type }) => type === 'job_failed')
    expect(event?.data).toMatchObject({
      step: 'switch',
      failure: { code: 'unexpected', facts: { seen: 'permission denied for table orders' } },
    })
    world.script.evidence = evidence
    await world.engine.retry(world.say('alice'), job)
    await world.settle()
    expect((await stateOf(job)).job).toBe('awaiting_approval')
  })

  it('asks anew when more would be lost at the very moment of the switch', async () => {
    const job = await request()
    world.script.run = async (context) => {
      if (context.step.name === 'switch' && context.step.attempt === 1)
        throw new SalvorError('loss_above_ceiling', { changes: 'public.t: 9' })
      return {}
    }
    await world.settle()
    await world.engine.approve(world.say('bob'), { job })
    await world.settle()
    const view = await world.view(job)
    expect(view.job.state).toBe('awaiting_approval')
    expect(view.approvals.map((one) => one.state)).toEqual(['used', 'asked'])
    expect(view.approvals[1]?.why).toMatchObject([{ code: 'loss_above_ceiling', facts: { changes: 'public.t: 9' } }])
    await world.engine.approve(world.say('dana'), { job })
    await world.settle()
    expect((await stateOf(job)).job).toBe('succeeded')
  })

  it('is ended by one rejection with a reason, and frees its target', async () => {
    const job = await request()
    await world.settle()
    await expect(world.engine.reject(world.say('bob'), { job, reason: ' ' })).rejects.toMatchObject({
      code: 'approval_reason',
    })
    await world.engine.reject(world.say('bob'), { job, reason: 'wrong night' })
    expect((await stateOf(job)).job).toBe('rejected')
    expect(await world.deps.store.listLocks()).toEqual([])
    await request()
  })

  it('holds its target: a second one is refused with who holds it', async () => {
    await request('orders')
    await expect(request('orders')).rejects.toMatchObject({ code: 'lock_held', facts: { job: 'demo-1', by: 'alice' } })
    await request('others')
  })

  it('is made once of a command that is delivered twice', async () => {
    const said = world.say('alice')
    const of = { incident: world.incident.number, kind: 'demo', params: { target: 'orders' }, words: 'demo orders' }
    const [first, second] = await Promise.all([world.engine.requestJob(said, of), world.engine.requestJob(said, of)])
    expect(first.id).toBe(second.id)
    expect((await world.eventTypes()).filter((type) => type === 'job_requested')).toHaveLength(1)
  })

  it('fails with words, and a retry runs the failed step again as attempt 2', async () => {
    world.script.run = async (context) => {
      if (context.step.name === 'make' && context.step.attempt === 1)
        throw new SalvorError('target_full', { system: 'orders', seen: 'no space' })
      return {}
    }
    const job = await request()
    await world.settle()
    expect(await stateOf(job)).toEqual({ job: 'failed', steps: ['look:done:1', 'make:failed:1', 'switch:waiting:1'] })
    expect((await world.view(job)).steps[1]?.failure).toMatchObject({ code: 'target_full' })
    await world.engine.retry(world.say('alice'), job)
    await world.settle()
    expect((await stateOf(job)).steps[1]).toBe('make:done:2')
  })

  it('is stopped while it waits, and resumes with the next unfinished step', async () => {
    const job = await request()
    await world.settle()
    await world.engine.stop(world.say('carol'), job)
    await world.settle()
    const stopped = await world.view(job)
    expect(stopped.job.state).toBe('stopped')
    expect(stopped.approvals[0]?.state).toBe('superseded')
    await world.engine.resume(world.say('alice'), job)
    await world.settle()
    expect((await stateOf(job)).job).toBe('awaiting_approval')
    expect(world.script.calls).toEqual({ look: 1, make: 1 })
  })

  it('stops a step at work within seconds and leaves it unfinished', async () => {
    const started = Promise.withResolvers<void>()
    world.script.run = (context) => {
      if (context.step.name !== 'make') return Promise.resolve({})
      started.resolve()
      return new Promise((_, fail) => context.signal.addEventListener('abort', () => fail(context.signal.reason)))
    }
    const job = await request()
    const settled = world.settle()
    await started.promise
    const asked = performance.now()
    await world.engine.stop(world.say('carol'), job)
    await settled
    await world.settle()
    expect(performance.now() - asked).toBeLessThan(5000)
    expect(await stateOf(job)).toEqual({ job: 'stopped', steps: ['look:done:1', 'make:waiting:2', 'switch:waiting:1'] })
  })
})

describe('a step whose runner vanished', () => {
  /** Leaves a step `running` with nobody holding its lease, as a killed process does. */
  async function abandon(name: string): Promise<string> {
    const job = await request()
    const reached = Promise.withResolvers<void>()
    world.script.run = (context) => {
      if (context.step.name !== name) return Promise.resolve({})
      reached.resolve()
      return new Promise(() => {})
    }
    void world.settle().catch(() => {})
    if (name === 'switch') {
      await expect.poll(async () => (await world.view(job)).job.state, { timeout: 15_000 }).toBe('awaiting_approval')
      await world.engine.approve(world.say('bob'), { job })
      void world.settle().catch(() => {})
    }
    await reached.promise
    // Ending the session is what the server sees of a process that was killed.
    await world.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'salvor:lease:%'`,
    )
    await expect
      .poll(async () => {
        const { rows } = await world.pool.query(
          `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        )
        return rows[0].n
      })
      .toBe(0)
    world.script.run = async () => ({})
    return job
  }

  it('is not run again but settled as done when the world says yes', async () => {
    const job = await abandon('switch')
    world.script.isDone = async () => ({ done: 'yes', output: { seen: 'switched' } })
    await executeStep(world.deps, `${job}/switch`)
    await world.settle()
    expect((await stateOf(job)).job).toBe('succeeded')
    expect(world.script.calls.switch).toBe(1)
  })

  it('of the destructive kind needs a new approval when the world says no', async () => {
    const job = await abandon('switch')
    await executeStep(world.deps, `${job}/switch`)
    await world.settle()
    const view = await world.view(job)
    expect(view.job.state).toBe('awaiting_approval')
    expect(view.approvals.map((one) => one.state)).toEqual(['used', 'asked'])
    expect(world.script.calls.switch).toBe(1)
  })

  it('waits for a person when the world cannot say, who settles it with a reason', async () => {
    const job = await abandon('make')
    world.script.isDone = async () => ({ done: 'unknown', why: { code: 'x', facts: {} } })
    await executeStep(world.deps, `${job}/make`)
    expect((await stateOf(job)).job).toBe('needs_person')
    await expect(world.engine.resume(world.say('alice'), job)).rejects.toMatchObject({ code: 'step_unsettled' })
    await world.engine.resume(world.say('alice'), job, { as: 'done', reason: 'I looked' })
    await world.settle()
    expect(await stateOf(job)).toMatchObject({ job: 'awaiting_approval' })
    expect(world.script.calls.make).toBe(1)
  })
})
