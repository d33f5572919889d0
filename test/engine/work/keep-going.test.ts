import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { executeStep } from '../../../src/engine/work/execute-step.ts'
import { nameMissingWorkers } from '../../../src/engine/work/name-missing-workers.ts'
import { createWorkLoop } from '../../../src/engine/work/work-loop.ts'
import { createWorkerBook } from '../../../src/postgres/workers.ts'
import { createEngineWorld, type EngineWorld } from '../../support/engine-world.ts'

let world: EngineWorld

beforeEach(async () => {
  world = await createEngineWorld()
})

afterEach(() => world.close())

const request = (target?: string) => world.request(target)
const stateOf = (job: string) => world.stateOf(job)

describe('the work loop', () => {
  it('moves by itself what a lost queue forgot', async () => {
    const job = await request()
    // The wakeup of the request is thrown away, as a flushed queue does.
    world.forgetWakeups()
    await world.settle()
    expect((await stateOf(job)).job).toBe('requested')
    const loop = createWorkLoop(world.deps, async () => true)
    loop.start()
    await expect.poll(async () => (await stateOf(job)).job, { timeout: 20_000 }).toBe('awaiting_approval')
    await loop.stop(1000)
  })

  it('goes on after a runner, which wakes nobody', async () => {
    const job = await request()
    await world.settle()
    const [approval] = (await world.view(job)).approvals
    await world.engine.approve(world.say('bob'), { job, digest: approval?.digest ?? '' })
    world.forgetWakeups()
    const silent = { ...world.deps, wakeups: { wake: async () => {} } }
    const spawnRunner = async (step: string) => void (await executeStep(silent, step))
    // Nothing is swept: the loop was not started.
    await createWorkLoop({ ...silent, spawnRunner }, async () => true).follow(job)
    expect((await stateOf(job)).job).toBe('succeeded')
  })

  it('leaves a runner that could not start to the sweep', async () => {
    const job = await request()
    await world.settle()
    const [approval] = (await world.view(job)).approvals
    await world.engine.approve(world.say('bob'), { job, digest: approval?.digest ?? '' })
    let starts = 0
    const spawnRunner = async () => {
      starts += 1
    }
    await createWorkLoop({ ...world.deps, spawnRunner }, async () => true).follow(job)
    expect(starts).toBe(1)
  })
})

describe('a job that no worker can take', () => {
  it('says which worker it waits for, and stops saying so when one is there', async () => {
    const job = await request()
    const book = createWorkerBook(world.pool)
    await nameMissingWorkers(world.deps.store, book, new Date())
    expect((await world.view(job)).job.waitingFor).toEqual({ code: 'any_worker', facts: {} })
    await book.sayAlive('db1', 'test', null)
    await nameMissingWorkers(world.deps.store, book, new Date())
    expect((await world.view(job)).job.waitingFor).toBeNull()
  })
})

describe('a lease', () => {
  it('outlives what the server allows a silent session, because it is kept alive', async () => {
    const lease = await world.deps.leases.tryHold('demo-1/look')
    const silentFor = async () => {
      const { rows } = await world.pool.query(
        `SELECT extract(epoch FROM now() - state_change)::float8 AS s FROM pg_stat_activity
          WHERE datname = current_database() AND application_name LIKE 'salvor:lease:%'`,
      )
      return rows[0]?.s as number
    }
    // Silent for more than two seconds, then heard again without anybody using the lease.
    await expect.poll(silentFor, { timeout: 10_000 }).toBeGreaterThan(2)
    await expect.poll(silentFor, { timeout: 10_000 }).toBeLessThan(1)
    await lease?.close()
  })
})
