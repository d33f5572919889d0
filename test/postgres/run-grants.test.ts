import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { advanceRun } from '../../src/engine/work/advance-run.ts'
import { createStore } from '../../src/postgres/store.ts'
import { createRunWorld, type RunWorld } from '../support/run-world.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

let world: RunWorld

beforeEach(async () => {
  world = await createRunWorld({ urlsOf: makeStoreRoles })
})

afterEach(() => world.close())

/** The side of the bot, which keeps runs; the world's own `deps` are a worker's. */
const bot = () => ({ ...world.deps, store: createStore(world.pool) })

describe('with roles of their own', () => {
  it('the bot keeps a run from its start to its end, with a person and a failure in the middle', async () => {
    world.fails.add('restart api')
    const run = await world.start('all')
    await world.settleRuns(bot())
    await world.engine.markDone(world.say('dana'), { run, step: 3, evidence: 'they confirmed' })
    await world.settleRuns(bot())
    expect(await world.look(run)).toMatchObject({ state: 'failed' })
    world.fails.clear()
    await world.engine.resume(world.say('alice'), run)
    await world.settleRuns(bot())
    expect(await world.look(run)).toMatchObject({ state: 'succeeded' })
  })

  it('the bot stops a run', async () => {
    const run = await world.start('all')
    await advanceRun(bot(), run)
    await world.engine.stop(world.say('dana'), run)
    await world.settleRuns(bot())
    expect(await world.look(run)).toMatchObject({ state: 'stopped' })
  })

  it('a worker sees runs and cannot ask for their jobs', async () => {
    const run = await world.start('all')
    expect(await world.look(run)).toMatchObject({ state: 'running' })
    await expect(advanceRun(world.deps, run)).rejects.toThrow(/permission denied/)
    expect((await world.deps.store.viewIncident(1))?.jobs).toEqual([])
  })
})
