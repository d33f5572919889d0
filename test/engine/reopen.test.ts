import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'

let world: EngineWorld
beforeEach(async () => {
  world = await createEngineWorld()
})
afterEach(() => world.close())

describe('a job', () => {
  it('opens a recovered incident again when it takes the recovery back', async () => {
    const finish = async (job: string) => {
      await world.settle()
      await world.engine.approve(world.say('bob'), { job })
      await world.settle()
      return (await world.deps.store.findIncident(world.incident.number))?.state
    }
    expect(await finish(await world.request())).toBe('recovered')
    world.script.report = { recovers: false, reverts: true }
    expect(await finish(await world.request())).toBe('open')
    expect(await world.eventTypes()).toContain('incident_reopened')
  })

  it('opens a closed incident again when it begins, so that whoever is awaited is told', async () => {
    const { number } = world.incident
    const state = async () => (await world.deps.store.findIncident(number))?.state
    await world.engine.closeIncident(world.say('alice'), number, 'nobody looked')
    expect(await state()).toBe('closed')
    await world.request()
    expect(await state()).toBe('open')
    expect(await world.eventTypes()).toEqual(expect.arrayContaining(['incident_closed', 'incident_reopened']))
  })
})
