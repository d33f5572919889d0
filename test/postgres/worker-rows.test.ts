import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashLink, writeLink } from '../../src/domain/chain.ts'
import type { Json } from '../../src/domain/json.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'
import { runSql, withClient } from '../support/postgres.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

let world: EngineWorld
let worker: string
let job: string

beforeAll(async () => {
  world = await createEngineWorld({
    urlsOf: async (database) => {
      const made = await makeStoreRoles(database)
      worker = made.worker
      return made
    },
  })
  job = await world.request()
  await world.settle()
})
afterAll(() => world.close())

interface Said {
  readonly type: string
  readonly actor: string
  readonly data: Json
  readonly hash?: string
}

/** Appends with the worker's role what fits the head, hash and all, as somebody would who knows how. */
async function append({ type, actor, data, hash }: Said): Promise<void> {
  await withClient(worker, async (client) => {
    const { rows } = await client.query('SELECT head_no, head_hash FROM salvor.incidents WHERE number = 1')
    const no = Number(rows[0].head_no) + 1
    const link = { incident: 1, no, at: new Date().toISOString(), type, job, actor, data, prevHash: rows[0].head_hash }
    await client.query(
      `INSERT INTO salvor.events (incident, no, at, type, job, actor, data, prev_hash, hash, content)
       VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [no, link.at, type, job, actor, JSON.stringify(data), link.prevHash, hash ?? hashLink(link), writeLink(link)],
    )
  })
}

describe("a worker's role", () => {
  it.each<Said>([
    { type: 'approval_decided', actor: 'bob', data: { decision: 'approve' } },
    { type: 'approval_decided', actor: 'salvor', data: { decision: 'approve' } },
    { type: 'note_added', actor: 'bob', data: { text: 'all is well', lesson: false } },
    { type: 'job_stopped', actor: 'bob', data: { by: 'bob', left: [] } },
    { type: 'step_settled', actor: 'salvor', data: { step: 'switch', answer: 'done', by: 'bob', reason: 'seen' } },
    { type: 'incident_closed', actor: 'salvor', data: { by: 'salvor' } },
  ])('does not say $type as $actor', async (said) => {
    await expect(append(said)).rejects.toThrow(/a worker does not/)
  })

  it('writes no hash but that of what it says, so nobody can break the chain for good', async () => {
    const said = { type: 'job_started', actor: 'salvor', data: {} }
    await expect(append({ ...said, hash: 'f'.repeat(64) })).rejects.toThrow(/hash of event/)
    await append(said)
    expect(await auditIncident(world.pool, 1)).toMatchObject({ whole: true })
  })

  it.each([
    ['write a step', `INSERT INTO salvor.steps SELECT (jsonb_populate_record(s, '{"id": "x"}')).* FROM salvor.steps s`],
    ['change what a finished step found', `UPDATE salvor.steps SET output = '{"proven": 99}' WHERE state = 'done'`],
    ['add a record to a finished step', `UPDATE salvor.steps SET records = '{"a": 1}' WHERE state = 'done'`],
    [
      'ask in the name of another requester',
      `UPDATE salvor.approvals SET state = 'superseded';
       INSERT INTO salvor.approvals SELECT (jsonb_populate_record(a, '{"id": "x", "state": "asked", "requester": "nobody"}')).*
         FROM salvor.approvals a`,
    ],
  ])('cannot %s', async (_what, sql) => {
    const before = await runSql(world.database.url, 'SELECT * FROM salvor.steps ORDER BY id')
    await expect(runSql(worker, sql)).rejects.toThrow(/permission denied|cannot be changed|is not for what job/)
    expect(await runSql(world.database.url, 'SELECT * FROM salvor.steps ORDER BY id')).toEqual(before)
  })
})

it('every function of the store fixes where it looks names up', async () => {
  const loose = await runSql(
    world.database.url,
    `SELECT proname FROM pg_proc WHERE pronamespace = 'salvor'::regnamespace
        AND NOT coalesce(array_to_string(proconfig, ',') LIKE '%search_path=%', false)`,
  )
  expect(loose).toEqual([])
})
