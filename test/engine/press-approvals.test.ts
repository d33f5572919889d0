import { afterEach, describe, expect, it } from 'vitest'
import { pressApprovals } from '../../src/engine/work/press-approvals.ts'
import { expireApprovals } from '../../src/engine/work/sweep.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'

let world: EngineWorld
afterEach(() => world.close())

/** A job that waits for a DBA; after 30 of its 60 seconds the sysadmins may decide as well. */
async function askedFor(policy: NonNullable<Parameters<typeof createEngineWorld>[0]>['policy'] = {}) {
  world = await createEngineWorld({ policy: { escalateTo: ['sysadmin'], escalateAfterMs: 30_000, ...policy } })
  const job = await world.request()
  await world.settle()
  return job
}

/** The store's clock cannot be turned, so what it is compared with is moved instead. */
async function wait(seconds: number) {
  await world.pool.query(`ALTER TABLE salvor.approvals DISABLE TRIGGER approvals_keep_escalation`)
  await world.pool.query(
    `UPDATE salvor.approvals SET asked_at = asked_at - $1 * interval '1 s',
            remind_at = remind_at - $1 * interval '1 s', escalate_at = escalate_at - $1 * interval '1 s',
            approve_by = approve_by - $1 * interval '1 s'`,
    [seconds],
  )
  await world.pool.query(`ALTER TABLE salvor.approvals ENABLE TRIGGER approvals_keep_escalation`)
  await pressApprovals(world.deps)
}

const told = async () => (await world.eventTypes()).filter((type) => /approval_(reminded|escalated)/.test(type))

describe('an approval that nobody decides', () => {
  it('reminds once, after two thirds of the time', async () => {
    await askedFor({ escalateTo: [], escalateAfterMs: null })
    await wait(35)
    expect(await told()).toEqual([])
    await wait(10)
    await pressApprovals(world.deps)
    expect(await told()).toEqual(['approval_reminded'])
  })

  it('turns to the other role once, whose people may decide from then on', async () => {
    const job = await askedFor()
    await expect(world.engine.approve(world.say('carol'), { job })).rejects.toMatchObject({ code: 'approval_role' })
    await wait(20)
    expect(await told()).toEqual([])
    await wait(15)
    await pressApprovals(world.deps)
    expect(await told()).toEqual(['approval_escalated'])
    expect((await world.view(job)).job.waitingFor).toBe('an approval from dba or sysadmin')
    await world.engine.approve(world.say('carol'), { job })
    await world.settle()
    expect(await world.stateOf(job)).toMatchObject({ job: 'succeeded' })
  })

  it('still lets those decide who were asked first, and nobody else', async () => {
    const job = await askedFor()
    await wait(35)
    await expect(world.engine.approve(world.say('oscar'), { job })).rejects.toMatchObject({ code: 'approval_role' })
    await expect(world.engine.approve(world.say('alice'), { job })).rejects.toMatchObject({ code: 'approval_own' })
    await world.engine.approve(world.say('bob'), { job })
    expect((await world.view(job)).approvals[0]?.state).toBe('granted')
  })

  it('runs out as ever, and is silent once it is decided', async () => {
    const job = await askedFor()
    await world.engine.approve(world.say('bob'), { job })
    await wait(45)
    expect(await told()).toEqual([])
    const other = await world.request('other')
    await world.settle()
    await wait(65)
    await expireApprovals(world.deps)
    expect((await world.view(other)).approvals[0]?.state).toBe('expired')
    expect(await told()).toEqual([])
  })

  it('cannot be turned to others before its time by whoever writes to the store', async () => {
    await askedFor()
    const early = world.pool.query('UPDATE salvor.approvals SET escalated_at = now()')
    await expect(early).rejects.toThrow('cannot turn to others now')
    const widened = world.pool.query(`UPDATE salvor.approvals SET escalate_to = '{sysadmin,business}'`)
    await expect(widened).rejects.toThrow('cannot turn to others now')
  })
})

describe('an approval with a second factor', () => {
  it('is not given by a click alone', async () => {
    const job = await askedFor({ secondFactor: 'totp' })
    await expect(world.engine.approve(world.say('bob'), { job })).rejects.toMatchObject({ code: 'approval_factor' })
    expect((await world.view(job)).approvals[0]?.decisions).toEqual([])
    await world.engine.approve(world.say('bob'), { job, factor: 'checked' })
    await world.settle()
    expect(await world.stateOf(job)).toMatchObject({ job: 'succeeded' })
    expect((await world.view(job)).approvals[0]?.decisions).toMatchObject([{ person: 'bob', factor: 'totp' }])
  })

  it('can be rejected without one', async () => {
    const job = await askedFor({ secondFactor: 'totp' })
    await world.engine.reject(world.say('bob'), { job, reason: 'wrong backup' })
    expect(await world.stateOf(job)).toMatchObject({ job: 'rejected' })
  })

  it('is not granted in the store by decisions that were made without it', async () => {
    await askedFor({ secondFactor: 'totp' })
    const { rows } = await world.pool.query<{ id: string }>('SELECT id FROM salvor.approvals')
    await world.pool.query(
      `INSERT INTO salvor.decisions (approval, person, decision, at) VALUES ($1, 'bob', 'approve', now())`,
      [rows[0]?.id],
    )
    const granted = world.pool.query(`UPDATE salvor.approvals SET state = 'granted'`)
    await expect(granted).rejects.toThrow('lacks the decisions')
  })
})
