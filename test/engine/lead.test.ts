import { afterEach, beforeEach, expect, it } from 'vitest'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'

let world: EngineWorld

beforeEach(async () => {
  world = await createEngineWorld()
})

afterEach(() => world.close())

const read = () => world.deps.store.findIncident(1)
const last = async () => (await world.deps.store.listEvents(1, 0, 100)).at(-1)

it('whoever opened an incident leads it until somebody else does', async () => {
  expect(await read()).toMatchObject({ openedBy: 'alice', lead: null })
  await world.engine.handOver(world.say('alice'), 1, 'bob')
  expect(await read()).toMatchObject({ openedBy: 'alice', lead: 'bob' })
  expect(await last()).toMatchObject({
    type: 'incident_handed_over',
    actor: 'alice',
    data: { from: 'alice', to: 'bob' },
  })
  await expect(world.engine.handOver(world.say('dana'), 1, 'bob')).rejects.toMatchObject({ code: 'handover_same' })
  await world.engine.handOver(world.say('dana'), 1, 'dana')
  expect(await last()).toMatchObject({ actor: 'dana', data: { from: 'bob', to: 'dana' } })
})

it('words for those who wait replace the ones before, and both stay in the journal', async () => {
  await world.engine.updateIncident(world.say('bob'), 1, { text: 'use paper', severity: 1 })
  expect(await last()).toMatchObject({ type: 'incident_updated', data: { text: 'use paper', severity: null } })
  await world.engine.updateIncident(world.say('bob'), 1, { text: 'half of it is back', severity: 3 })
  expect(await read()).toMatchObject({ updateText: 'half of it is back', updatedBy: 'bob', severity: 3 })
  expect(await last()).toMatchObject({ data: { severity: 3 } })
  expect(await auditIncident(world.pool, 1)).toMatchObject({ whole: true })
})
