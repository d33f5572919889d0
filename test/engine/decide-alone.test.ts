import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'
import { ageApprovals } from '../support/past-guards.ts'

let world: EngineWorld
afterEach(() => world.close())

type Options = NonNullable<Parameters<typeof createEngineWorld>[0]>

/** A job of Alice's that waits; after 30 of its 60 seconds she may go on alone. */
async function askedFor(policy: Options['policy'] = {}, undoable = true) {
  world = await createEngineWorld({ undoable, policy: { emergencyFrom: ['dba'], emergencyAfterMs: 30_000, ...policy } })
  const job = await world.request()
  await world.settle()
  return job
}

const wait = (seconds: number) => ageApprovals(world.database.url, seconds)

const alone = { reason: 'nobody answers', factor: 'checked' } as const

describe('going on alone', () => {
  it('is possible for whoever asked, after nobody answered, and is told to those who were asked', async () => {
    const job = await askedFor()
    await wait(31)
    await world.engine.approveAlone(world.say('alice'), { job, ...alone })
    await world.settle()
    expect(await world.stateOf(job)).toMatchObject({ job: 'succeeded' })
    const events = await world.deps.store.listEvents(1, 0, 100)
    expect(events.find(({ type }) => type === 'approval_emergency')).toMatchObject({
      ...{ actor: 'alice', data: { reason: 'nobody answers', told: ['dba'], action: 'the switch of demo' } },
    })
    expect((await world.view(job)).approvals[0]?.decisions).toMatchObject([{ person: 'alice', emergency: true }])
  })

  it.each<[string, Parameters<typeof askedFor>, number, string, object, string]>([
    ['where the plan does not allow it', [{ emergencyAfterMs: null }], 31, 'alice', {}, 'emergency_none'],
    ['with what cannot be taken back', [{}, false], 31, 'alice', {}, 'emergency_none'],
    ['before its time', [], 20, 'alice', {}, 'emergency_early'],
    ['for somebody else', [], 31, 'bob', {}, 'emergency_own'],
    ['for those in another role', [{ emergencyFrom: ['sysadmin'] }], 31, 'alice', {}, 'emergency_role'],
    ['without a reason', [], 31, 'alice', { reason: ' ' }, 'emergency_reason'],
    ['without a code', [], 31, 'alice', { factor: undefined }, 'approval_factor'],
  ])('is refused %s', async (_, of, seconds, person, more, code) => {
    const job = await askedFor(...of)
    await wait(seconds)
    const done = world.engine.approveAlone(world.say(person), { job, ...alone, ...more } as never)
    await expect(done).rejects.toMatchObject({ code })
    expect((await world.view(job)).approvals[0]).toMatchObject({ state: 'asked', decisions: [] })
  })

  it('is refused when the plan in force does not allow it any more', async () => {
    const policy = { emergencyFrom: ['dba'], emergencyAfterMs: 30_000 as number | null }
    world = await createEngineWorld({ undoable: true, policy })
    const job = await world.request()
    await world.settle()
    await wait(31)
    policy.emergencyAfterMs = null
    const done = world.engine.approveAlone(world.say('alice'), { job, ...alone })
    await expect(done).rejects.toMatchObject({ code: 'emergency_none' })
  })

  it('is refused once somebody has answered, and does not make a click of one’s own count', async () => {
    const job = await askedFor({ count: 2 })
    await wait(31)
    await world.engine.approve(world.say('bob'), { job })
    const done = world.engine.approveAlone(world.say('alice'), { job, ...alone })
    await expect(done).rejects.toMatchObject({ code: 'emergency_answered' })
    await expect(world.engine.approve(world.say('alice'), { job })).rejects.toMatchObject({ code: 'approval_own' })
  })
})

it('the store grants exactly this, whatever decisions somebody writes into it', async () => {
  const job = await askedFor()
  const { rows } = await world.pool.query<{ id: string }>('SELECT id FROM salvor.approvals WHERE job = $1', [job])
  const id = rows[0]?.id
  // Mostly as it has to be, so that each way in which it is not stands alone often enough.
  const mostly = <T>(right: T, ...wrong: T[]) =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: fc.constantFrom(...wrong) })
  const written = fc.record({
    person: mostly('alice', 'carol'),
    decision: mostly('approve', 'reject'),
    emergency: mostly(true, false),
    factor: mostly<string | null>('totp', null),
    reason: mostly<string | null>('nobody answers', '  ', '', null),
    late: mostly(true, false),
    possible: mostly(true, false),
    other: mostly(false, true),
  })
  let cases = 0
  let granted = 0
  await fc.assert(
    fc.asyncProperty(written, async (of) => {
      cases += 1
      const client = await world.pool.connect()
      try {
        await client.query('BEGIN')
        await client.query('ALTER TABLE salvor.approvals DISABLE TRIGGER approvals_keep_rest')
        const at = of.possible ? `now() ${of.late ? '-' : '+'} interval '1 s'` : 'NULL'
        await client.query(`UPDATE salvor.approvals SET emergency_at = ${at}, count = 2 WHERE id = $1`, [id])
        const insert = `INSERT INTO salvor.decisions (approval, person, decision, reason, at, factor, emergency)
                        VALUES ($1, $2, $3, $4, now(), $5, $6)`
        await client.query(insert, [id, of.person, of.decision, of.reason, of.factor, of.emergency])
        if (of.other) await client.query(insert, [id, 'dana', 'approve', null, null, false])
        const wanted =
          of.person === 'alice' && of.decision === 'approve' && of.emergency && of.factor === 'totp' && of.late
        const allowed = wanted && of.reason === 'nobody answers' && of.possible && !of.other
        const outcome = await client.query(`UPDATE salvor.approvals SET state = 'granted' WHERE id = $1`, [id]).then(
          () => true,
          () => false,
        )
        // Two ordinary decisions of two people other than whoever asked are the ordinary quorum.
        const ordinary = of.other && of.person === 'carol' && of.decision === 'approve' && !of.emergency
        expect(outcome).toBe(allowed || ordinary)
        if (allowed) granted += 1
      } finally {
        await client.query('ROLLBACK')
        client.release()
      }
    }),
    { numRuns: 400 },
  )
  expect(granted).toBeGreaterThan(20)
  process.stdout.write(`${cases} ways to write decisions into the store, ${granted} of them an emergency\n`)
}, 240_000)

it('what an approval asks for cannot be made less afterwards', async () => {
  await askedFor({ secondFactor: 'totp', count: 2 })
  for (const change of [
    'count = 1',
    'second_factor = NULL',
    'not_requester = false',
    `requester = 'dana'`,
    `from_roles = '{sysadmin}'`,
    'emergency_at = now()',
    `emergency_from = '{business}'`,
    `incident = 0`,
    `attempt = 2`,
    `subject = subject || '{"proven": "all of it"}'`,
    `asked_at = asked_at - interval '1 h'`,
    `approve_by = approve_by + interval '1 h'`,
    `run_within_ms = 86400000`,
    `remind_at = NULL`,
    `run_by = now()`,
    `granted_at = now()`,
    `why = '[{"code": "commands_changed", "facts": {}}]'`,
    `state = 'granted', run_by = now() + interval '1 d'`,
  ]) {
    await expect(world.pool.query(`UPDATE salvor.approvals SET ${change}`), change).rejects.toThrow('cannot be changed')
  }
})
