import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { advance } from '../../src/engine/work/advance.ts'
import { createEngineWorld, type EngineWorld, subjectLosing } from '../support/engine-world.ts'
import { runSql } from '../support/postgres.ts'

let world: EngineWorld
beforeEach(async () => {
  world = await createEngineWorld()
})
afterEach(() => world.close())

/** Asks for a job whose steps somebody who may write to the store writes before its worker does. */
async function plant(steps: readonly string[]): Promise<string> {
  const job = await world.request()
  await runSql(world.database.url, 'DELETE FROM salvor.steps')
  const names = steps.map((one) => one.split(' '))
  for (const [position, [name, risk, needsApproval]] of names.entries()) {
    await runSql(
      world.database.url,
      `INSERT INTO salvor.steps (id, job, position, name, title, risk, needs_approval, state)
       VALUES ($1, $2, $3, $4, $4, $5, $6, 'waiting')`,
      [`${job}/${name}`, job, position, name, risk, needsApproval],
    )
  }
  await runSql(world.database.url, `UPDATE salvor.jobs SET state = 'planned'`)
  await runSql(world.database.url, `UPDATE salvor.jobs SET state = 'running'`)
  await world.settle()
  return job
}

describe('steps that somebody else wrote', () => {
  it.each([
    ['without approval', ['look read false', 'make reversible false', 'switch destructive false']],
    ['as harmless', ['look read false', 'make reversible false', 'switch read false']],
    ['alone', ['switch destructive true']],
    ['first', ['switch destructive false', 'look read false', 'make reversible false']],
    ['without the step before', ['look read false', 'switch destructive true']],
  ])('never switch: %s', async (_how, steps) => {
    const job = await plant(steps)
    for (let round = 0; round < 4; round += 1) {
      await advance(world.deps, job)
    }
    expect(world.script.calls.switch).toBeUndefined()
    const { rows } = await world.pool.query('SELECT state FROM salvor.jobs WHERE id = $1', [job])
    expect(rows[0].state).toBe('failed')
    const failures = await world.deps.store.listEvents(world.incident.number, 0, 100)
    expect(failures.find((event) => event.type === 'job_failed')?.data).toMatchObject({
      failure: { code: 'row_differs' },
    })
  })
})

describe('an approval that somebody replaced', () => {
  it.each([
    ['another requester and no four eyes', { requester: 'nobody', not_requester: false }],
    ['no four eyes', { not_requester: false }],
    ['other roles', { from_roles: ['sysadmin'] }],
    ['an emergency at once', { emergency_from: ['dba'], emergency_at: '2020-01-01T00:00:00Z' }],
    ['a year to begin', { run_within_ms: 31_536_000_000 }],
    ['false words about true commands', { subject: { ...subjectLosing(2), proven: 'all', unproven: 'none at all' } }],
    ['a warning that is left out', { subject: { ...subjectLosing(2), warnings: [] } }],
  ])('does not start a step: %s', async (_how, change) => {
    const job = await world.request()
    await world.settle()
    await runSql(world.database.url, `UPDATE salvor.approvals SET state = 'superseded'`)
    await runSql(world.database.url, 'ALTER TABLE salvor.approvals DISABLE TRIGGER approvals_begin')
    await runSql(
      world.database.url,
      `INSERT INTO salvor.approvals SELECT (jsonb_populate_record(a, $1)).* FROM salvor.approvals a`,
      [JSON.stringify({ id: `${job}/a2`, state: 'asked', ...change })],
    )
    await runSql(
      world.database.url,
      `INSERT INTO salvor.decisions (approval, person, decision, at) VALUES ($1, 'bob', 'approve', now())`,
      [`${job}/a2`],
    )
    await runSql(
      world.database.url,
      `UPDATE salvor.approvals SET state = 'granted', run_by = now() + interval '50 s' WHERE id = $1`,
      [`${job}/a2`],
    )
    await runSql(world.database.url, `UPDATE salvor.jobs SET state = 'running'`)
    await advance(world.deps, job)
    expect(world.script.calls.switch).toBeUndefined()
    expect((await world.view(job)).job.state).toBe('failed')
  })
})

it('commands at the same moment never deadlock', async () => {
  const deadlocks = async () => {
    const { rows } = await world.pool.query('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()')
    return Number(rows[0].deadlocks)
  }
  const answers: PromiseSettledResult<unknown>[] = []
  for (let round = 0; round < 15; round += 1) {
    const targets = [0, 1, 2, 3].map((one) => `${round}-${one}`)
    answers.push(
      ...(await Promise.allSettled([
        ...targets.map((target) => world.request(target)),
        world.engine.addNote(world.say('bob'), world.incident.number, 'a word', false),
        world.settle(),
      ])),
    )
  }
  expect(answers.filter((one) => one.status === 'rejected')).toEqual([])
  expect(await deadlocks()).toBe(0)
})

describe('what a finished step found', () => {
  it.each([
    ['another output', `UPDATE salvor.steps SET output = '{"proven": 99}' WHERE name = 'look'`],
    ['no output', `UPDATE salvor.steps SET output = NULL WHERE name = 'make'`],
    ['one more record', `UPDATE salvor.steps SET records = '{"seen": 1}' WHERE name = 'look'`],
    [
      'another output, told so by its event',
      `UPDATE salvor.steps SET output = '{"proven": 99}' WHERE name = 'look';
      UPDATE salvor.events SET data = jsonb_set(data, '{output}', '{"proven": 99}') WHERE type = 'step_done' AND data->>'step' = 'look'`,
    ],
    [
      'an event and its text',
      `UPDATE salvor.steps SET output = '{"proven": 99}' WHERE name = 'look';
      UPDATE salvor.events SET data = jsonb_set(data, '{output}', '{"proven": 99}'),
             content = jsonb_set(content::jsonb, '{data,output}', '{"proven": 99}')::text
       WHERE type = 'step_done' AND data->>'step' = 'look'`,
    ],
    [
      'a step that nobody ran',
      `UPDATE salvor.events SET type = 'step_failed' WHERE type = 'step_done' AND data->>'step' = 'look'`,
    ],
  ])('is compared with the journal before evidence rests on it: %s', async (_what, sql) => {
    const job = await world.request()
    await world.settle()
    await world.engine.approve(world.say('bob'), { job })
    // What only the store's owner can do, past the guards.
    await runSql(world.database.url, `SET session_replication_role = replica; ${sql}`)
    await world.settle()
    expect(world.script.calls.switch).toBeUndefined()
    expect(await world.stateOf(job)).toMatchObject({ job: 'failed' })
    const failed = (await world.deps.store.listEvents(1, 0, 100)).find(({ type }) => type === 'job_failed')
    expect(failed?.data).toMatchObject({ failure: { code: 'row_differs' } })
  })

  it('is what a step recorded and answered, whatever it was', async () => {
    world.script.run = async (context) => {
      await context.record('intent', { n: 1e21, text: 'a\u0000b', none: null })
      await context.record('intent', { n: 1e-7 })
      return { n: 1e21, text: 'a\u0000b\ud800', none: null, list: [1.5, -0] }
    }
    const job = await world.request()
    await world.settle()
    expect(await world.stateOf(job)).toMatchObject({ job: 'awaiting_approval' })
    await world.engine.approve(world.say('bob'), { job })
    await world.settle()
    expect(await world.stateOf(job)).toMatchObject({ job: 'succeeded' })
    expect(await world.deps.store.listAltered(job)).toEqual([])
  })
})
