import { afterEach, describe, expect, it } from 'vitest'
import { shortCode } from '../../src/domain/digest.ts'
import { approvalCode } from '../../src/domain/whole-commands.ts'
import { createShownCards } from '../../src/postgres/cards.ts'
import { createMessageStore } from '../../src/postgres/messages.ts'
import { createEngineWorld, type EngineWorld, subjectLosing } from '../support/engine-world.ts'

let world: EngineWorld
afterEach(() => world.close())

type Options = NonNullable<Parameters<typeof createEngineWorld>[0]>

async function askedFor(options: Options = {}) {
  world = await createEngineWorld(options)
  const job = await world.request()
  await world.settle()
  return job
}

const newest = async (job: string) => {
  const approval = (await world.view(job)).approvals.at(-1)
  if (!approval) throw new Error(`${job} asks for nothing`)
  return { ...approval, code: shortCode(approval.digest) }
}

/** A message about an approval as Slack has it; `at` is when Slack says it was posted. */
async function post(approval: string, copy = 'thread', state = 'posted', at = new Date()) {
  const messages = createMessageStore(world.pool)
  const key = `ask:${approval}:${copy}`
  const of = { incident: 1, channel: 'C1', thread: null, intendedAt: at.toISOString(), notifies: false, job: null }
  await messages.intend({ key, ...of })
  if (state === 'posted') await messages.recordPosted(key, `${at.getTime() / 1000}`.padEnd(17, '0'), 'f')
  if (state === 'refused') await messages.recordRefused(key)
}

const wrongFor = (code: string, count: number) =>
  Array.from({ length: count + 1 }, (_, at) => `00000${at}`)
    .filter((one) => one !== code)
    .slice(0, count)

const later = (ms: number) => new Date(Date.now() + ms)

describe('what is longer than its card', () => {
  const long = () => ({ ...subjectLosing(0), does: Array.from({ length: 7 }, (_, at) => `SELECT ${at};`) })
  const askedForLong = async (options: Options = {}) => {
    world = await createEngineWorld(options)
    world.script.evidence = long
    const job = await world.request()
    await world.settle()
    const approval = await newest(job)
    await post(approval.id)
    return { ...approval, all: approvalCode(approval) }
  }
  const unread = { code: 'approval_unread' }

  it('is approved by words only with the code below its last line, and rejected with the card’s', async () => {
    const { job, code, all } = await askedForLong()
    await expect(world.typed.approve(world.say('bob', later(500)), { job, code })).rejects.toMatchObject(unread)
    expect(await newest(job)).toMatchObject({ state: 'asked', decisions: [] })
    // The card's code is no wrong one: it closes nothing.
    const { rows } = await world.pool.query('SELECT count(*)::int AS n FROM salvor.wrong_card_codes')
    expect(rows).toEqual([{ n: 0 }])
    await world.typed.approve(world.say('bob', later(500)), { job, code: all.toLowerCase() })
    expect((await newest(job)).state).toBe('granted')
  })

  it('is approved by no button that opened no window', async () => {
    const { job, digest, code } = await askedForLong()
    const pressed = { ...world.say('bob'), via: 'button' as const }
    await expect(world.typed.approve(pressed, { job, digest })).rejects.toMatchObject(unread)
    const sent = { ...world.say('bob'), via: 'modal' as const }
    await expect(world.typed.approve(sent, { job, digest: `${digest.slice(0, -1)}0` })).rejects.toMatchObject({
      code: 'approval_stale',
    })
    await world.typed.reject(world.say('dana', later(500)), { job, code, reason: 'too long' })
    await expect(world.typed.approve(sent, { job, digest })).rejects.toMatchObject({ code: 'approval_ended' })
  })

  it('lets nobody go on alone with the card’s code either', async () => {
    const { job, code, all } = await askedForLong({
      undoable: true,
      policy: { emergencyFrom: ['dba'], emergencyAfterMs: 0 },
    })
    const of = { job, reason: 'nobody answers', factor: 'checked' as const }
    const said = () => world.say('alice', later(500))
    await expect(world.typed.approveAlone(said(), { ...of, code })).rejects.toMatchObject(unread)
    await world.typed.approveAlone(said(), { ...of, code: all })
    expect((await newest(job)).state).toBe('granted')
  })
})

describe('words without the code of a card', () => {
  it('decide nothing, whatever was delivered', async () => {
    const job = await askedFor()
    await post((await newest(job)).id)
    const said = () => world.say('bob')
    await expect(world.typed.approve(said(), { job })).rejects.toMatchObject({ code: 'approval_code' })
    await expect(world.typed.approve(said(), { job, factor: 'checked' })).rejects.toMatchObject({
      code: 'approval_code',
    })
    await expect(world.typed.reject(said(), { job, reason: 'no' })).rejects.toMatchObject({ code: 'approval_code' })
    expect(await newest(job)).toMatchObject({ state: 'asked', decisions: [] })
    expect((await world.stateOf(job)).job).toBe('awaiting_approval')
  })

  it('let nobody go on alone either', async () => {
    const job = await askedFor({ undoable: true, policy: { emergencyFrom: ['dba'], emergencyAfterMs: 0 } })
    const approval = await newest(job)
    await post(approval.id)
    const of = { job, reason: 'nobody answers', factor: 'checked' as const }
    await expect(world.typed.approveAlone(world.say('alice'), of)).rejects.toMatchObject({ code: 'approval_code' })
    expect(await newest(job)).toMatchObject({ state: 'asked', decisions: [] })
    await world.typed.approveAlone(world.say('alice'), { ...of, code: approval.code })
    expect(await newest(job)).toMatchObject({ state: 'granted' })
  })
})

describe('the code of a card', () => {
  it('decides once the card is in the thread, however it is written', async () => {
    const job = await askedFor()
    const { id, code } = await newest(job)
    await post(id)
    await world.typed.approve(world.say('bob'), { job, code: code.toLowerCase() })
    expect(await newest(job)).toMatchObject({ state: 'granted' })
  })

  it.each<[string, (approval: string) => Promise<unknown>]>([
    ['that is nowhere', async () => {}],
    ['that Slack may not have', (id) => post(id, 'thread', 'intended')],
    ['that Slack will not take', (id) => post(id, 'thread', 'refused')],
    ['that was posted after the words', (id) => post(id, 'thread', 'posted', later(60_000))],
    ['that only somebody else got', (id) => post(id, 'dm:U0DANA')],
    ['of another approval', (id) => post(`${id}0`)],
    ['that only somebody else’s terminal showed', (id) => createShownCards(world.pool).record(id, 'dana', past())],
    [
      'that a terminal shows after the words',
      (id) => createShownCards(world.pool).record(id, 'bob', later(60_000).toISOString()),
    ],
  ])('decides nothing about a card %s', async (_, deliver) => {
    const job = await askedFor()
    const { id, code, digest } = await newest(job)
    await deliver(id)
    await expect(world.typed.approve(world.say('bob'), { job, code })).rejects.toMatchObject({
      code: 'approval_unseen',
    })
    await expect(world.typed.reject(world.say('bob'), { job, code, reason: 'no' })).rejects.toMatchObject({
      code: 'approval_unseen',
    })
    expect(await newest(job)).toMatchObject({ state: 'asked', decisions: [] })
    await world.typed.approve(world.say('bob'), { job, digest })
    expect(await newest(job)).toMatchObject({ state: 'granted' })
  })

  it.each<[string, (approval: string) => Promise<unknown>]>([
    ['that they got directly', (id) => post(id, 'dm:U0BOB')],
    ['that their terminal showed', (id) => createShownCards(world.pool).record(id, 'bob', past())],
  ])('decides about a card %s', async (_, deliver) => {
    const job = await askedFor()
    const { id, code } = await newest(job)
    await deliver(id)
    const said = world.say('bob')
    await world.typed.approve({ ...said, person: { ...said.person, slack: 'U0BOB' } }, { job, code })
    expect(await newest(job)).toMatchObject({ state: 'granted' })
  })

  it('decides nothing about the next card, which Slack was too slow to show', async () => {
    const job = await askedFor()
    const first = await newest(job)
    await post(first.id)
    await world.typed.approve(world.say('bob'), { job, code: first.code })
    world.script.evidence = () => subjectLosing(500)
    await world.settle()
    const second = await newest(job)
    for (const code of [first.code, second.code]) {
      await expect(world.typed.approve(world.say('bob'), { job, code })).rejects.toMatchObject({
        code: code === first.code ? 'approval_stale' : 'approval_unseen',
      })
    }
    await expect(world.typed.approve(world.say('bob'), { job })).rejects.toMatchObject({ code: 'approval_code' })
    await world.settle()
    expect(world.script.calls.switch).toBeUndefined()
    // An older code is a mistake, not a guess.
    expect((await world.pool.query('SELECT FROM salvor.wrong_card_codes')).rowCount).toBe(0)
  })
})

describe('five wrong codes', () => {
  const guess = (job: string, code: string, person = 'bob') =>
    world.typed.approve(world.say(person), { job, code }).then(
      () => 'approved',
      (error) => error.code as string,
    )

  it('close a card to words, which is journaled once, and leave its buttons', async () => {
    const job = await askedFor()
    const { id, code, digest } = await newest(job)
    await post(id)
    const wrong = wrongFor(code, 7)
    const seen: string[] = []
    for (const one of wrong) seen.push(await guess(job, one, seen.length % 2 ? 'dana' : 'bob'))
    expect(seen).toEqual([...Array(4).fill('approval_code_wrong'), ...Array(3).fill('approval_closed')])
    expect(await guess(job, code)).toBe('approval_closed')
    expect((await world.eventTypes()).filter((one) => one === 'approval_closed')).toHaveLength(1)
    await expect(world.typed.reject(world.say('bob'), { job, code, reason: 'no' })).rejects.toMatchObject({
      code: 'approval_closed',
    })
    await world.typed.approve(world.say('bob'), { job, digest })
    expect(await newest(job)).toMatchObject({ state: 'granted' })
  })

  it('are no more when they come all at once', async () => {
    const job = await askedFor()
    const { id, code } = await newest(job)
    await post(id)
    const seen = await Promise.all(wrongFor(code, 12).map((one) => guess(job, one)))
    expect(seen.filter((one) => one === 'approval_code_wrong')).toHaveLength(4)
    expect((await world.eventTypes()).filter((one) => one === 'approval_closed')).toHaveLength(1)
    expect((await world.pool.query('SELECT FROM salvor.wrong_card_codes')).rowCount).toBe(5)
    expect(await guess(job, code)).toBe('approval_closed')
  })

  it('are one when Slack delivers one five times', async () => {
    const job = await askedFor()
    const { id, code } = await newest(job)
    await post(id)
    const said = world.say('bob')
    const [wrong = ''] = wrongFor(code, 1)
    for (let time = 0; time < 5; time += 1) {
      await expect(world.typed.approve(said, { job, code: wrong })).rejects.toMatchObject({
        code: 'approval_code_wrong',
        facts: { left: 4 },
      })
    }
    expect(await guess(job, code)).toBe('approved')
  })

  it('of people who may not decide do not count', async () => {
    const job = await askedFor()
    const { id, code } = await newest(job)
    await post(id)
    for (const one of wrongFor(code, 6)) {
      expect(await guess(job, one, 'carol')).toBe('approval_role')
      expect(await guess(job, one, 'alice')).toBe('approval_own')
    }
    expect(await guess(job, code)).toBe('approved')
  })
})

it.each([
  ['a requester that was replaced', `requester = 'nobody'`],
  ['the requester allowed', 'not_requester = false'],
  ['no one-time code', 'second_factor = NULL'],
  ['fewer people', 'count = 1'],
  ['another role', `from_roles = '{sysadmin,dba}'`],
  ['an earlier emergency', 'emergency_at = asked_at'],
])('a card with %s is not granted, by button or words', async (_, weaker) => {
  const policy = { count: 2, secondFactor: 'totp', emergencyFrom: ['dba'], emergencyAfterMs: 30_000 } as const
  const job = await askedFor({ undoable: true, policy })
  await world.pool.query('ALTER TABLE salvor.approvals DISABLE TRIGGER approvals_keep_rest')
  await world.pool.query(`UPDATE salvor.approvals SET ${weaker}`)
  const { id, code, digest } = await newest(job)
  await post(id)
  const of = { job, factor: 'checked' as const }
  for (const chosen of [{ digest }, { code }]) {
    for (const person of ['bob', 'dana']) {
      await expect(world.typed.approve(world.say(person), { ...of, ...chosen })).rejects.toMatchObject({
        code: 'row_differs',
      })
    }
    const alone = world.typed.approveAlone(world.say('alice'), { ...of, ...chosen, reason: 'alone' })
    await expect(alone).rejects.toMatchObject({ code: 'row_differs' })
  }
  expect(await newest(job)).toMatchObject({ state: 'asked', decisions: [] })
})

function past(): string {
  return new Date(Date.now() - 1000).toISOString()
}
