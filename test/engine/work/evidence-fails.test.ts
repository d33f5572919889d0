import { afterEach, beforeEach, expect, it } from 'vitest'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { createEngineWorld, type EngineWorld, subjectLosing } from '../../support/engine-world.ts'

let world: EngineWorld

beforeEach(async () => {
  world = await createEngineWorld()
})
afterEach(() => world.close())

function fail(): never {
  throw new SalvorError('target_changed', { system: 'demo', seen: 'the side database demo_side_1 is gone' })
}

it('fails the job with words when what is to be shown for approval cannot be gathered', async () => {
  world.script.evidence = fail
  const job = await world.request()
  await world.settle()
  expect(await world.stateOf(job)).toEqual({
    job: 'failed',
    steps: ['look:done:1', 'make:done:1', 'switch:waiting:1'],
  })
  const failed = (await world.deps.store.listEvents(world.incident.number, 0, 1000)).find(
    (event) => event.type === 'job_failed',
  )
  expect(failed?.data).toMatchObject({ step: 'switch', failure: { code: 'target_changed' } })
  expect(await world.deps.store.listLocks()).toEqual([])
})

it('asks for approval when the job goes on and the evidence is there again', async () => {
  world.script.evidence = fail
  const job = await world.request()
  await world.settle()
  world.script.evidence = () => subjectLosing(2)
  await world.engine.resume(world.say('alice'), job)
  await world.settle()
  expect((await world.stateOf(job)).job).toBe('awaiting_approval')
})

it('uses no approval that was granted before the evidence was lost', async () => {
  const job = await world.request()
  await world.settle()
  await world.engine.approve(world.say('bob'), { job })
  world.script.evidence = fail
  await world.settle()
  expect((await world.stateOf(job)).job).toBe('failed')
  expect(world.script.calls.switch).toBeUndefined()
  expect((await world.view(job)).approvals.map((one) => one.state)).not.toContain('used')
})
