import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EngineWorld, subjectLosing } from '../support/engine-world.ts'
import { pastGuards } from '../support/past-guards.ts'
import { runSql, withClient } from '../support/postgres.ts'
import { openWorkerScene } from '../support/worker-scene.ts'

let world: EngineWorld
let worker: string
let job: string
let fresh: string

beforeAll(async () => {
  const scene = await openWorkerScene()
  ;({ world, worker, job, fresh } = scene)
})
afterAll(() => world.close())

describe('what a step is', () => {
  it.each([
    ['shared = true', /what step/],
    ['undoable = NOT undoable', /what step/],
    [`policy_system = 'another'`, /what step/],
    [`title = 'look only'`, /what step/],
    [`approval_from = '{}'`, /what step/],
    ['fence = fence - 1', /earlier attempt/],
    ['attempt = attempt - 1', /earlier attempt/],
  ])('stays what the bot wrote, whoever writes: %s', async (change, refusal) => {
    const update = `UPDATE salvor.steps SET ${change}`
    await expect(runSql(worker, update)).rejects.toThrow(/permission denied/)
    await expect(runSql(world.database.url, update)).rejects.toThrow(refusal)
  })
})

describe('a card that a worker asks for', () => {
  const asked = (more: object) => ({
    ...{
      id: `${job}/a2`,
      step: `${job}/switch`,
      attempt: 1,
      digest: 'd'.repeat(64),
      subject: subjectLosing(2),
      why: null,
    },
    ...more,
  })
  /** As a worker asks that finds the evidence changed; rolled back. */
  const ask = (more: object) =>
    withClient(worker, async (client) => {
      await client.query(`SELECT pg_advisory_lock(hashtextextended('salvor step ${job}/switch', 0))`)
      await client.query('BEGIN')
      await client.query(`SELECT salvor.supersede_approval('${job}/a1', '[{"code": "evidence_changed", "facts": {}}]')`)
      await client
        .query('SELECT salvor.ask_approval($1)', [JSON.stringify(asked(more))])
        .finally(() => client.query('ROLLBACK'))
    })
  beforeAll(() => pastGuards(world.database.url, `UPDATE salvor.jobs SET state = 'running' WHERE id = '${job}'`))

  it.each<[string, object]>([
    ['under a name that another job will need', { id: `${fresh}/a1` }],
    ['under a number that is not the next', { id: `${job}/a3` }],
    ['with no digest', { digest: 'd' }],
    ['that shows nothing', { subject: {} }],
    ['that shows no commands', { subject: { ...subjectLosing(2), does: null } }],
    ['whose words are none', { subject: { ...subjectLosing(2), lost: { toString: 1 } } }],
  ])('is refused %s', async (_what, more) => {
    await expect(ask(more)).rejects.toThrow(/is not for what|shows no card/)
  })

  it('is taken as it should be', () => ask({}))
})
