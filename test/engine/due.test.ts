import { afterEach, describe, expect, it } from 'vitest'
import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import type { Store } from '../../src/ports/store.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'
import { ageApprovals } from '../support/past-guards.ts'

let world: EngineWorld
afterEach(() => world.close())

/** A job that waits for a DBA; after 30 of its 60 seconds the sysadmins may decide as well. */
async function askedFor(policy: NonNullable<Parameters<typeof createEngineWorld>[0]>['policy'] = {}) {
  world = await createEngineWorld({ policy: { escalateTo: ['sysadmin'], escalateAfterMs: 30_000, ...policy } })
  const job = await world.request()
  await world.settle()
  return job
}

async function wait(seconds: number, then = async () => void (await doWhatIsDue(world.deps))) {
  await ageApprovals(world.database.url, seconds)
  await then()
}

const told = async () => (await world.eventTypes()).filter((type) => /approval_(reminded|escalated)/.test(type))

describe('an approval that nobody decides', () => {
  it('reminds once, after two thirds of the time', async () => {
    await askedFor({ escalateTo: [], escalateAfterMs: null })
    await wait(35)
    expect(await told()).toEqual([])
    await wait(10)
    await doWhatIsDue(world.deps)
    expect(await told()).toEqual(['approval_reminded'])
  })

  it('turns to the other role once, whose people may decide from then on', async () => {
    const job = await askedFor()
    await expect(world.engine.approve(world.say('carol'), { job })).rejects.toMatchObject({ code: 'approval_role' })
    await wait(20)
    expect(await told()).toEqual([])
    await wait(15)
    await doWhatIsDue(world.deps)
    expect(await told()).toEqual(['approval_escalated'])
    expect((await world.view(job)).job.waitingFor).toEqual({
      ...{ code: 'approval', facts: { roles: 'dba, sysadmin' } },
    })
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
    await doWhatIsDue(world.deps)
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

describe('what is due', () => {
  const due = async () => (await world.deps.store.listDue(world.incident.number)).map(({ kind }) => kind)
  const ended = async () => (await world.eventTypes()).filter((type) => type === 'approval_expired')

  it('is a row from the asking on, and none once it was decided and used', async () => {
    const job = await askedFor()
    expect(await due()).toEqual(['approval_escalate', 'approval_remind', 'approval_expire'])
    await world.engine.approve(world.say('bob'), { job })
    expect(await due()).toEqual(['approval_expire'])
    await world.settle()
    expect(await due()).toEqual([])
  })

  it('happens once, however many keepers look at once, whoever was away before', async () => {
    await askedFor()
    await wait(45, async () => {})
    const looks = await Promise.all(Array.from({ length: 6 }, () => doWhatIsDue(world.deps)))
    expect(await told()).toEqual(['approval_escalated', 'approval_reminded'])
    await wait(45, async () => {})
    await Promise.all(looks.map(() => doWhatIsDue(world.deps)))
    expect(await ended()).toHaveLength(1)
    expect(await due()).toEqual([])
  })

  it('says when the next is due, by the clock of the store', async () => {
    await askedFor()
    expect(await doWhatIsDue({ ...world.deps, clock: { now: () => new Date(0) } })).toBeGreaterThan(25_000)
    await wait(29, async () => {})
    const next = await doWhatIsDue(world.deps)
    expect(next).toBeGreaterThan(0)
    expect(next).toBeLessThanOrEqual(1_000)
  })

  it('that cannot be done is tried again later, and keeps nothing else waiting', async () => {
    await askedFor()
    await world.request('other')
    await world.settle()
    await wait(65, async () => {})
    const [first] = await world.deps.store.listDue(world.incident.number)
    const store = { ...world.deps.store, transaction: failFirst(world.deps.store, first?.job ?? '') }
    await doWhatIsDue({ ...world.deps, store })
    expect(await ended()).toHaveLength(1)
    const left = await world.deps.store.listDue(world.incident.number)
    expect(left.map(({ job, tries }) => ({ job, tries }))).toContainEqual({ job: first?.job, tries: 1 })
    expect(Date.parse(left.at(-1)?.at ?? '')).toBeGreaterThan(Date.now())
  })
})

/** A store that cannot lock one job. */
function failFirst(store: Store, job: string): Store['transaction'] {
  return (work) =>
    store.transaction((tx) =>
      work({
        ...tx,
        async lockJob(id) {
          if (id === job) throw new Error('not now')
          return tx.lockJob(id)
        },
      }),
    )
}

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
