import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Acceptance,
  idOfFinding,
  idOfFindings,
  isAcceptable,
  type RefusedFinding,
} from '../../src/domain/acceptance.ts'
import { digestOf, shortCode } from '../../src/domain/digest.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { type FindingMessage, finding } from '../../src/domain/finding-texts.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createEngineWorld, type EngineWorld, subjectLosing } from '../support/engine-world.ts'

let world: EngineWorld
/** What the step sees; it refuses for all of it over which nobody went on. */
let seen: RefusedFinding[]

const found = (name: string, why: FindingMessage = finding('rows_fewer', { count: 3 })): RefusedFinding => ({
  ...{ digest: digestOf({ name, why } as never), subject: 'table', name, why, values: null },
})
const [lacking, changed] = [found('public.audit'), found('public.prices', finding('rows_other'))]

beforeEach(async () => {
  world = await createEngineWorld({ undoable: true, policy: { emergencyFrom: ['dba'], emergencyAfterMs: 1 } })
  seen = [lacking, changed]
  world.script.run = async ({ step, accepted }) => {
    if (step.name !== 'make') return {}
    const open = seen.filter((one) => !accepted.some(({ digest }) => digest === one.digest))
    if (open.length === 0) return {}
    const accept = open.map(idOfFinding).join(', ')
    throw new SalvorError('content_differs', { seen: 'differences', job: 'demo-1', accept }, { findings: open })
  }
})

afterEach(() => world.close())

async function refused(): Promise<string> {
  const job = await world.request()
  await world.settle()
  expect(await world.stateOf(job)).toMatchObject({ job: 'failed' })
  return job
}

const accept = (person: string, job: string, findings: readonly RefusedFinding[], reason = 'agreed with finance') =>
  world.engine.accept(world.say(person), job, { findings: findings.map(idOfFinding), reason })

async function accepted(person: string, job: string, findings: readonly RefusedFinding[]) {
  await accept(person, job, findings)
  await world.settle()
}

describe('going on over findings', () => {
  it('takes exactly those, shows them on the card, and is told with who and why', async () => {
    const job = await refused()
    await accepted('alice', job, [lacking, changed])
    const view = await world.view(job)
    const mine = { by: 'alice', reason: 'agreed with finance', step: 'make' }
    expect(view.accepted).toMatchObject([lacking, changed].map((one) => ({ ...one, ...mine })).sort(byDigest))
    expect(view.approvals[0]?.subject.accepted).toEqual(view.accepted)
    await world.engine.approve(world.say('bob'), { job })
    await world.settle()
    expect(await world.stateOf(job)).toMatchObject({ job: 'succeeded' })
    const events = await world.deps.store.listEvents(world.incident.number, 0, 100)
    expect(events.filter(({ type }) => type === 'findings_accepted')).toMatchObject([
      { actor: 'alice', job, data: { step: 'make', findings: [lacking, changed], reason: 'agreed with finance' } },
    ])
    expect(await auditIncident(world.pool, world.incident.number)).toMatchObject({ whole: true })
  })

  it('refuses again for the one that was not named, and for one that changed since', async () => {
    const job = await refused()
    await accepted('alice', job, [lacking])
    expect((await world.view(job)).steps[1]?.failure?.findings).toEqual([changed])
    await accepted('alice', job, [changed])
    expect((await world.view(job)).job.state).toBe('awaiting_approval')
    const other = found('public.audit', finding('rows_fewer', { count: 4 }))
    const next = await world.request('other')
    await world.settle()
    seen = [other, changed]
    await accepted('alice', next, [lacking, changed])
    expect((await world.view(next)).steps[1]?.failure?.findings).toEqual([other])
  })

  it('takes a whole kind, and any number, by the id of exactly those findings', async () => {
    seen = Array.from({ length: 40 }, (_, n) => found(`public.t${n}`))
    seen.push(changed)
    const job = await refused()
    const ids = { findings: [idOfFindings(seen.slice(0, 40))], reason: 'agreed with finance' }
    await world.engine.accept(world.say('alice'), job, ids)
    await world.settle()
    expect((await world.view(job)).steps[1]?.failure?.findings).toEqual([changed])
    const other = { findings: [idOfFindings(seen)], reason: 'agreed' }
    await expect(world.engine.accept(world.say('alice'), job, other)).rejects.toMatchObject({ code: 'accept_unknown' })
    await accepted('alice', job, [changed])
    const view = await world.view(job)
    expect(view.job.state).toBe('awaiting_approval')
    expect(view.approvals[0]?.subject.accepted).toHaveLength(41)
  })

  it('stays accepted when the job is stopped and its evidence is collected anew', async () => {
    const job = await refused()
    await accepted('alice', job, [lacking, changed])
    const first = (await world.view(job)).approvals[0]
    await world.engine.stop(world.say('alice'), job)
    await world.settle()
    await world.engine.resume(world.say('alice'), job)
    await world.settle()
    expect((await world.view(job)).approvals.map(({ digest }) => digest)).toEqual([first?.digest, first?.digest])
    await world.engine.approve(world.say('bob'), { job })
    await world.settle()
    expect(await world.stateOf(job)).toMatchObject({ job: 'succeeded' })
  })

  it('is bound: an approval of one card does not hold for a card with other findings', async () => {
    const job = await refused()
    await accepted('alice', job, [lacking, changed])
    await world.engine.approve(world.say('bob'), { job })
    world.script.evidence = () => ({ ...subjectLosing(2), accepted: [] })
    await world.pool.query('ALTER TABLE salvor.acceptances DISABLE TRIGGER acceptances_append_only')
    await world.pool.query('DELETE FROM salvor.acceptances WHERE digest = $1', [changed.digest])
    await world.settle()
    const view = await world.view(job)
    expect(view.approvals.map(({ state }) => state)).toEqual(['superseded', 'asked'])
    expect(view.approvals[1]?.why).toContainEqual({ code: 'accepted_changed', facts: {} })
    expect(world.script.calls.switch).toBeUndefined()
  })

  it('has one effect however often it is delivered, and cannot be repeated', async () => {
    const job = await refused()
    const said = world.say('alice')
    const of = { findings: [lacking, changed].map(idOfFinding), reason: 'agreed' }
    await Promise.all([1, 2, 3].map(() => world.engine.accept(said, job, of)))
    await world.engine.accept(said, job, { ...of, findings: ['ZZZZZZ'] })
    await expect(world.engine.accept(world.say('alice'), job, of)).rejects.toMatchObject({ code: 'move_illegal' })
    await world.settle()
    expect((await world.eventTypes()).filter((type) => type === 'findings_accepted')).toHaveLength(1)
    expect((await world.view(job)).steps[1]?.attempt).toBe(2)
  })

  it.each<[string, () => readonly RefusedFinding[], string, string]>([
    ['what the step did not find', () => [found('public.orders')], 'because', 'accept_unknown'],
    ['no reason', () => [lacking], ' ', 'accept_reason'],
    ['what nobody saw', () => [found('public.audit', finding('unread'))], 'because', 'accept_never'],
  ])('is refused for %s', async (_, findings, reason, code) => {
    seen.push(found('public.audit', finding('unread')))
    const job = await refused()
    await expect(accept('alice', job, findings(), reason)).rejects.toMatchObject({ code })
    expect((await world.view(job)).accepted).toEqual([])
    expect(await world.stateOf(job)).toMatchObject({ job: 'failed' })
  })

  it('is refused where nobody would see it approved, and where nothing refused for findings', async () => {
    const look = world.script.run
    world.script.run = async (context) =>
      look({ ...context, step: { ...context.step, name: context.step.name === 'look' ? 'make' : 'look' } })
    await expect(accept('alice', await refused(), [lacking])).rejects.toMatchObject({ code: 'accept_none' })
    world.script.run = async () => {
      throw new Error('no')
    }
    const other = await world.request('other')
    await world.settle()
    await expect(accept('alice', other, [lacking])).rejects.toMatchObject({ code: 'accept_none' })
  })
})

describe('the approval that follows', () => {
  it('is given by neither whoever asked nor whoever accepted, by button or by words', async () => {
    const job = await refused()
    await accepted('bob', job, [lacking, changed])
    const digest = (await world.view(job)).approvals[0]?.digest ?? ''
    for (const [person, code] of [
      ['alice', 'approval_own'],
      ['bob', 'approval_accepted'],
    ] as const) {
      await expect(world.typed.approve(world.say(person), { job, digest })).rejects.toMatchObject({ code })
      const typed = world.typed.approve(world.say(person), { job, code: shortCode(digest) })
      await expect(typed).rejects.toMatchObject({ code })
    }
    await world.engine.approve(world.say('dana'), { job })
    await world.settle()
    expect(await world.stateOf(job)).toMatchObject({ job: 'succeeded' })
  })

  it('is not counted by the store if whoever accepted wrote a decision past the program', async () => {
    const job = await refused()
    await accepted('bob', job, [lacking, changed])
    const { id } = (await world.view(job)).approvals[0] ?? { id: '' }
    await world.pool.query(
      `INSERT INTO salvor.decisions (approval, person, decision, at) VALUES ($1, 'bob', 'approve', now())`,
      [id],
    )
    const grant = world.pool.query(`UPDATE salvor.approvals SET state = 'granted' WHERE id = $1`, [id])
    await expect(grant).rejects.toThrow('lacks the decisions')
  })

  it('cannot be given alone because nobody answers', async () => {
    const job = await refused()
    await accepted('alice', job, [lacking, changed])
    expect((await world.view(job)).approvals[0]?.emergencyAt).toBeNull()
    const alone = { job, reason: 'nobody answers', factor: 'checked' } as const
    await expect(world.engine.approveAlone(world.say('alice'), alone)).rejects.toMatchObject({ code: 'emergency_none' })
  })
})

describe('the register of what may be accepted', () => {
  it('lets nobody go on over a look that failed, nor over a code that it does not know', () => {
    for (const code of ['unread', 'table_unread', 'check_unread', 'sequence_denied'] as const) {
      expect([code, isAcceptable(code)]).toEqual([code, false])
    }
    expect(['rows_fewer', 'definition_differs', 'check_value'].map(isAcceptable)).toEqual([true, true, true])
    expect(['__proto__', 'constructor', 'of_another_version'].map(isAcceptable)).toEqual([false, false, false])
  })
})

function byDigest(one: Pick<Acceptance, 'digest'>, other: Pick<Acceptance, 'digest'>): number {
  return one.digest < other.digest ? -1 : 1
}
