import { expect, test } from 'vitest'
import { leftBehind } from '../../src/domain/left-behind.ts'
import { listLeftBehind } from '../../src/engine/list-left-behind.ts'
import { makeJob, makeStep } from '../slack/support/world.ts'
import { createEngineWorld } from '../support/engine-world.ts'

const side = leftBehind('side_database', { name: 'orders_side_1' })
const begun = leftBehind('scratch_begun', { folder: '/scratch' })
const listOf = (...steps: Parameters<typeof makeStep>[0][]) =>
  listLeftBehind({ job: makeJob(), steps: steps.map(makeStep), approvals: [], accepted: [], asks: [] })

test('what a done step says that it leaves, and what one that is not done had begun', () => {
  expect(listOf({ state: 'done', output: { leaves: { ...side } } })).toEqual([side])
  expect(listOf({ state: 'waiting', records: { leaves: [{ ...begun }] } })).toEqual([begun])
  expect(listOf({ state: 'failed', records: { leaves: [] } })).toEqual([])
  // Once it is done, its output knows better.
  expect(listOf({ state: 'done', output: { leaves: null }, records: { leaves: [{ ...begun }] } })).toEqual([])
})

test('one thing that two steps name stands once', () => {
  const leaves = { leaves: { ...side } }
  expect(listOf({ state: 'done', output: leaves }, { state: 'done', output: leaves })).toEqual([side])
})

test('a job that succeeded names what it could not put away, and nobody has it put away by steering', async () => {
  const world = await createEngineWorld()
  try {
    const left = [leftBehind('scratch_kept', { path: '/scratch/1' })]
    world.script.report = { recovers: true, leftBehind: left }
    const job = await world.request()
    await world.settle()
    await world.engine.approve(world.say('bob'), { job })
    await world.settle()
    expect((await world.view(job)).job).toMatchObject({ state: 'succeeded', leftBehind: left })
    await expect(world.engine.stop(world.say('alice'), job)).rejects.toMatchObject({ code: 'move_illegal' })
  } finally {
    await world.close()
  }
})
