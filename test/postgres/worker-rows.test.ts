import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeLink } from '../../src/domain/chain.ts'
import type { Json } from '../../src/domain/json.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import type { EngineWorld } from '../support/engine-world.ts'
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

interface Said {
  readonly type: string
  readonly actor: string
  readonly data: Json
  readonly at?: string
  readonly about?: string
}

/** The text of an event that fits the head, as somebody would write it who knows how. */
async function write(client: pg.Client, { type, actor, data, at, about = job }: Said): Promise<string> {
  const { rows } = await client.query('SELECT head_no, head_hash FROM salvor.incidents WHERE number = 1')
  const no = Number(rows[0].head_no) + 1
  const now = at ?? new Date().toISOString()
  return writeLink({ incident: 1, no, at: now, type, job: about, actor, data, prevHash: rows[0].head_hash })
}

/** Says it with the worker's role, in a transaction that holds the lease of the last step and is rolled back. */
async function say(said: Said, change: (text: string) => string = (text) => text): Promise<void> {
  await asHolder(`${job}/switch`, async (client) => {
    await client.query('SELECT salvor.append($1)', [change(await write(client, said))])
  })
}

/** The worker's role with the lease of a step in hand; whatever it does is rolled back. */
async function asHolder(step: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  await withClient(worker, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtextextended('salvor step ' || $1, 0))`, [step])
    await client.query('BEGIN')
    await work(client).finally(() => client.query('ROLLBACK'))
  })
}

const subject = { action: 'the switch of demo' }

describe("a worker's role", () => {
  it.each<Said>([
    { type: 'approval_decided', actor: 'bob', data: { decision: 'approve' } },
    { type: 'approval_decided', actor: 'salvor', data: { decision: 'approve' } },
    { type: 'approval_granted', actor: 'salvor', data: {} },
    { type: 'note_added', actor: 'bob', data: { text: 'all is well', lesson: false } },
    { type: 'job_stopped', actor: 'bob', data: { by: 'bob', left: [] } },
    {
      type: 'step_settled',
      actor: 'salvor',
      data: { step: 'switch', answer: 'done', by: 'bob', reason: 'seen', why: null },
    },
    { type: 'incident_closed', actor: 'salvor', data: { by: 'salvor' } },
    { type: 'incident_recovered', actor: 'salvor', data: { by: 'salvor' } },
    { type: 'job_succeeded', actor: 'salvor', data: { summary: 'done', outcome: null } },
    {
      type: 'step_started',
      actor: 'salvor',
      data: { step: 'switch', attempt: 1, fence: 1, runner: 'r', worker: 'test' },
    },
    { type: 'step_done', actor: 'salvor', data: { step: 'switch', attempt: 1, output: { ok: true } } },
    { type: 'step_done', actor: 'salvor', data: { step: 'no such', attempt: 1, output: null } },
    { type: 'step_recorded', actor: 'salvor', data: { step: 'switch', name: 'intent', value: 1 } },
    { type: 'approval_used', actor: 'salvor', data: { approval: 'demo-1/a1', code: 'x' } },
    { type: 'approval_asked', actor: 'salvor', data: { approval: 'demo-1/a1', digest: 'x', subject } },
    { type: 'lock_released', actor: 'salvor', data: { target: 'database:orders', by: null, ended: 'failed' } },
    { type: 'job_started', actor: 'salvor', data: {}, about: 'demo-99' },
  ])('does not say $type as $actor ($data) while the rows do not say so', async (said) => {
    await expect(say(said)).rejects.toThrow(/a worker does not|lease/)
  })

  it('says what its own rows say', async () => {
    await world.deps.leases.tryHold(`${fresh}/look`).then((lease) => lease?.close())
    await asHolder(`${fresh}/look`, async (client) => {
      await client.query(`SELECT salvor.update_job($1, '{"state": "planned"}')`, [fresh])
      await client.query('SELECT salvor.append($1)', [
        await write(client, { type: 'job_planned', actor: 'salvor', data: { steps: [] }, about: fresh }),
      ])
    })
  })

  it.each<[string, Said, (text: string) => string, RegExp]>([
    ['of another time', { type: 'cleaned_up', actor: 'salvor', data: {}, at: '2026-01-01T00:00:00.000Z' }, keep, /now/],
    [
      'beside the chain',
      { type: 'cleaned_up', actor: 'salvor', data: {} },
      (text) => text.replace(/"no":\d+/, '"no":99'),
      /head/,
    ],
    [
      'with more than an event has',
      { type: 'cleaned_up', actor: 'salvor', data: {} },
      (text) => text.replace('{', '{"more":1,'),
      /eight/,
    ],
    [
      'of another incident',
      { type: 'cleaned_up', actor: 'salvor', data: {} },
      (text) => text.replace('"incident":1', '"incident":0'),
      /job of the incident/,
    ],
  ])('cannot append %s', async (_what, said, change, refusal) => {
    await expect(say(said, change)).rejects.toThrow(refusal)
  })

  it('breaks no chain by how it writes an event: the text is hashed, and compared as values', async () => {
    await withClient(worker, async (client) => {
      const text = await write(client, { type: 'cleaned_up', actor: 'salvor', data: { left: ['1.0'], n: 1 } })
      const odd = text.replace('"n":1', '"n": 1.00, "n" : 1e0').replace('{"actor"', ' {"actor":"bob","actor"')
      await client.query('SELECT salvor.append($1)', [odd])
    })
    expect(await auditIncident(world.pool, 1)).toMatchObject({ whole: true })
    const [event] = await runSql(
      worker,
      'SELECT actor, data FROM salvor.events ORDER BY incident DESC, no DESC LIMIT 1',
    )
    expect(event).toEqual({ actor: 'salvor', data: { left: ['1.0'], n: 1 } })
  })

  it.each([
    ['write a step', `INSERT INTO salvor.steps SELECT (jsonb_populate_record(s, '{"id": "x"}')).* FROM salvor.steps s`],
    ['change what a finished step found', `UPDATE salvor.steps SET output = '{"proven": 99}' WHERE state = 'done'`],
    ['write an event past the function', `INSERT INTO salvor.events SELECT * FROM salvor.events`],
    ['write a policy', `UPDATE salvor.policies SET count = 0`],
    ['add a policy', `INSERT INTO salvor.policies SELECT * FROM salvor.policies`],
    ['name itself another worker', `INSERT INTO salvor.worker_roles VALUES (session_user, 'db1')`],
    ['free a lock', 'DELETE FROM salvor.locks'],
    ['look into what guards it', 'SELECT salvor.check_said($${}$$)'],
  ])('cannot %s', async (_what, sql) => {
    await expect(runSql(worker, sql)).rejects.toThrow(/permission denied/)
  })

  const moves: readonly (readonly [string, () => string, RegExp])[] = [
    [
      'rewrite a finished step',
      () => `salvor.move_step('${job}/look', 'done', 1, NULL, '{"output": {"proven": 99}}')`,
      /lease/,
    ],
    ['start a step without its approval', () => `salvor.start_step('${job}/switch', 1, 'r', NULL)`, /^$/],
    [
      'skip a step',
      () => `salvor.move_step('${job}/switch', 'waiting', 0, NULL, '{"state": "skipped"}')`,
      /does not move/,
    ],
    [
      'call a step done that never ran',
      () => `salvor.move_step('${job}/switch', 'waiting', 0, NULL, '{"state": "done"}')`,
      /does not move/,
    ],
    [
      'change the risk of a step',
      () => `salvor.move_step('${job}/switch', 'waiting', 0, NULL, '{"risk": "read"}')`,
      /cannot be changed/,
    ],
    [
      'raise an attempt by itself',
      () => `salvor.move_step('${job}/switch', 'waiting', 0, NULL, '{"attempt": 2}')`,
      /does not move/,
    ],
    ['grant what was asked', () => `salvor.update_job('${job}', '{"state": "running"}')`, /does not move job/],
    ['stop what nobody stopped', () => `salvor.update_job('${job}', '{"state": "stopped"}')`, /does not move job/],
    ['stop it in a name', () => `salvor.update_job('${job}', '{"stop_requested_by": "bob"}')`, /does not speak/],
    ['have it put away', () => `salvor.update_job('${job}', '{"clean_up_requested_by": "bob"}')`, /does not speak/],
    [
      'say in a sentence why it waits',
      () => `salvor.update_job('${fresh}', '{"waiting_for": "because"}')`,
      /code_with_facts/,
    ],
    [
      'say it by a code alone',
      () => `salvor.update_job('${fresh}', '{"waiting_for": {"code": "lock"}}')`,
      /code_with_facts/,
    ],
    ['change who asked', () => `salvor.update_job('${job}', '{"requester": "bob"}')`, /cannot be changed/],
    ['call it succeeded', () => `salvor.update_job('${fresh}', '{"state": "succeeded"}')`, /does not move job/],
    ['take an open card away', () => `salvor.supersede_approval('${job}/a1', '[]')`, /lease/],
    [
      'ask for another step',
      () => `salvor.ask_approval('{"id": "x", "step": "${fresh}/switch", "attempt": 1, "digest": "d", "subject": {}}')`,
      /lease/,
    ],
    ['free the lock of a job that lives', () => `salvor.release_lock('database:orders', '${job}')`, /lock stays/],
    [
      'take a lock that is not its job’s',
      () => `salvor.take_lock('database:payroll', '${fresh}', 'x')`,
      /takes no lock/,
    ],
    [
      'call the incident recovered',
      () => `salvor.update_incident(1, '{"state": "recovered"}')`,
      /does not move incident/,
    ],
    ['rename the incident', () => `salvor.update_incident(1, '{"title": "nothing happened"}')`, /cannot be changed/],
    ['hold up an incident without a job', () => `salvor.hold_incident(0)`, /has no job/],
  ]

  it.each(moves)('cannot %s', async (_what, call, refusal) => {
    const before = await runSql(world.database.url, 'SELECT * FROM salvor.steps ORDER BY id')
    // Somebody with the role can take a lease that is free: what is refused for want of one is tried without.
    if (refusal.source === '^$') expect(await holding(`${job}/switch`, call())).toBe(false)
    else if (refusal.source === 'lease') await expect(runSql(worker, `SELECT ${call()}`)).rejects.toThrow(refusal)
    else await expect(holding(`${job}/switch`, call())).rejects.toThrow(refusal)
    expect(await runSql(world.database.url, 'SELECT * FROM salvor.steps ORDER BY id')).toEqual(before)
  })

  it('asks by the policy of the pinned plan, whatever it says itself', async () => {
    const asked = { id: 'x', step: `${job}/switch`, attempt: 1, digest: 'd', subject: {} }
    for (const more of [
      { count: 1 },
      { requester: 'nobody' },
      { not_requester: false },
      { approve_by: '2099-01-01' },
    ]) {
      await expect(
        holding(asked.step, `salvor.ask_approval('${JSON.stringify({ ...asked, ...more })}')`),
      ).rejects.toThrow(/cannot be changed|nothing is to be approved/)
    }
  })
})

async function holding(step: string, call: string): Promise<unknown> {
  let answer: unknown
  await asHolder(step, async (client) => {
    answer = (await client.query(`SELECT ${call} AS answer`)).rows[0].answer
  })
  return answer
}

function keep(text: string): string {
  return text
}

it('every function of the store fixes where it looks names up', async () => {
  const loose = await runSql(
    world.database.url,
    `SELECT proname FROM pg_proc WHERE pronamespace = 'salvor'::regnamespace
        AND NOT coalesce(array_to_string(proconfig, ',') LIKE '%search_path=%', false)`,
  )
  expect(loose).toEqual([])
})

it('nobody but bot and worker may call a function of the store', async () => {
  const open = await runSql(
    world.database.url,
    `SELECT proname FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      WHERE p.pronamespace = 'salvor'::regnamespace AND a.grantee = 0`,
  )
  expect(open).toEqual([])
})
