import { afterEach, describe, expect, it } from 'vitest'
import { jobRegister } from '../../jobs/index.ts'
import { uat } from '../../jobs/uat/index.ts'
import { isAnswered } from '../../src/domain/ask.ts'
import type { Event } from '../../src/domain/events.ts'
import { recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import type { CaseAnswer } from '../../src/domain/uat.ts'
import { putQuestions } from '../../src/engine/asks/put-questions.ts'
import { recordUnreached } from '../../src/engine/asks/record-unreached.ts'
import type { EngineDeps } from '../../src/engine/deps.ts'
import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import { readRequest } from '../../src/engine/moves/run-plan.ts'
import { createStore } from '../../src/postgres/store.ts'
import { createEngineWorld, demoPlan, type EngineWorld } from '../support/engine-world.ts'
import { runSql } from '../support/postgres.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

let world: EngineWorld
let bot: EngineDeps
afterEach(() => world.close())

/** Two cases, tried by dana and bob, two of whom must judge each, signed off by carol. */
async function ask({
  signOff = ['sysadmin'],
  needed = 2,
  due,
  people = {},
}: {
  signOff?: string[]
  needed?: number
  due?: Date
  people?: Record<string, { slack: string }>
} = {}) {
  const plan = {
    ...demoPlan,
    ...recoveryPlanSchema.parse({
      ...{ version: 1, title: 'A plan', systems: { demo: { kind: 'service', owner: 'dba', restart: ['true'] } } },
      people,
      roles: {
        ...{ dba: { users: ['alice'] }, sysadmin: { users: ['carol'] } },
        testers: { users: ['bob', 'dana', ...Object.values(people).map(({ slack }) => slack)] },
      },
      uat: {
        entry: {
          testers: ['testers'],
          needed,
          signOff,
          cases: ['Place an order', { name: 'Old orders', do: 'look', covers: ['demo'] }],
        },
      },
    }),
  }
  const reversible = signOff.length > 0 ? { reversible: { from: signOff } } : {}
  world = await createEngineWorld({ plan, kinds: [uat], urlsOf: makeStoreRoles, ...reversible })
  // Workers ask nobody: their role could not.
  bot = { ...world.deps, store: createStore(world.pool) }
  const params = { suite: 'entry', ...(due ? { due: due.toISOString() } : {}) }
  const of = { incident: world.incident.number, kind: 'uat', params, words: 'uat entry' }
  const job = (await world.engine.requestJob(world.say('alice'), of)).id
  await world.settle()
  await Promise.all([putQuestions(bot), putQuestions(bot)])
  const judge = async (who: string, no: number, answer: CaseAnswer, comment: string | null = null) => {
    await world.engine.judgeCase(world.say(who), { job, case: no, answer, comment })
    await world.settle()
  }
  const all = async (answer: CaseAnswer) => {
    for (const who of ['bob', 'dana']) for (const no of [1, 2]) await judge(who, no, answer)
  }
  return { job, judge, all }
}

const stateOf = async (job: string) => (await world.view(job)).job.state
const askStates = async (job: string) => ((await world.view(job)).asks ?? []).map(({ id, state }) => `${id} ${state}`)
const shown = async (job: string) => (await world.view(job)).approvals.at(-1)?.subject

const isWordOf = (person: string) => (event: Event) => event.type === 'case_judged' && event.actor === person

/** Has something happen once the sign-off has begun, before it looks at what was signed. */
async function whileSigning(act: () => Promise<void>): Promise<void> {
  const { viewJob } = world.deps.store
  Object.assign(world.deps.store, {
    async viewJob(id: string) {
      const view = await viewJob(id)
      if (view?.steps.at(-1)?.state !== 'running') return view
      await act()
      return viewJob(id)
    },
  })
}

/** An answer past the engine, as whoever owns the store could write it. */
async function addAnswer(ask: string, answer: CaseAnswer): Promise<void> {
  const sql = `SET session_replication_role = replica;
    INSERT INTO salvor.answers (ask, no, person, answer)
    SELECT '${ask}', count(*) + 1, 'bob', '${answer}' FROM salvor.answers WHERE ask = '${ask}'`
  await runSql(world.database.url, sql)
}

describe('an acceptance test', () => {
  it('is asked by the bot alone, and is a step that a procedure can run', async () => {
    const { job } = await ask()
    await runSql(world.database.url, `DELETE FROM salvor.due; ALTER TABLE salvor.asks DISABLE TRIGGER asks_keep`)
    await runSql(world.database.url, `UPDATE salvor.asks SET state = 'withdrawn'`)
    await putQuestions(world.deps)
    expect(await askStates(job)).toEqual(['uat-1/ask/1.1#1 withdrawn', 'uat-1/ask/1.2#1 withdrawn'])
    const step = { position: 5, verb: 'uat', about: 'entry', system: null, owner: null }
    expect(readRequest(jobRegister, step)).toMatchObject({ kind: { name: 'uat' }, params: { suite: 'entry' } })
  })

  it('waits for its testers, each asked once, and for nobody else', async () => {
    const { job, judge } = await ask()
    expect(await stateOf(job)).toBe('awaiting_person')
    expect(await askStates(job)).toEqual(['uat-1/ask/1.1#1 asked', 'uat-1/ask/1.2#1 asked'])
    expect((await bot.store.listDue(1)).map(({ kind }) => kind)).toEqual(['ask_remind', 'ask_expire', 'ask_expire'])
    await expect(judge('carol', 1, 'pass')).rejects.toMatchObject({ code: 'role_missing' })
    await expect(judge('bob', 3, 'pass')).rejects.toMatchObject({ code: 'case_closed' })
    for (const answer of ['pass', 'fail', 'comment'] as const) await judge('bob', 1, answer, 'what I saw')
    await judge('bob', 2, 'pass')
    await judge('dana', 1, 'pass')
    await judge('dana', 2, 'comment', 'looks odd')
    expect(await stateOf(job)).toBe('awaiting_person')
  })

  it('is signed off as it stands: what changes after the card was shown is asked again', async () => {
    const { job, judge } = await ask({ needed: 1 })
    await judge('bob', 1, 'pass')
    await judge('bob', 2, 'fail', 'the total is empty')
    expect(await stateOf(job)).toBe('awaiting_approval')
    expect(await shown(job)).toMatchObject({ proven: '1 of 2 cases passed', unproven: '2 Old orders (failed)' })
    await judge('bob', 2, 'pass', 'after the fix')
    await world.engine.approve(world.say('carol'), { job })
    await world.settle()
    expect((await world.view(job)).approvals.map(({ state }) => state)).toEqual(['superseded', 'asked'])
    expect(await shown(job)).toMatchObject({ proven: '2 of 2 cases passed', unproven: 'none' })
    await expect(world.engine.approve(world.say('bob'), { job })).rejects.toMatchObject({ code: 'approval_role' })
    await world.engine.approve(world.say('carol'), { job })
    await world.settle()
    expect(await stateOf(job)).toBe('succeeded')
    expect(uat.report(await world.view(job)).proven[1]).toContain('(demo)')
    expect(await askStates(job)).toEqual(['uat-1/ask/1.1#1 answered', 'uat-1/ask/1.2#1 answered'])
    expect((await world.view(job)).asks?.[1]?.given.map(({ answer }) => answer)).toEqual(['fail', 'pass'])
    await expect(judge('bob', 1, 'fail')).rejects.toMatchObject({ code: 'case_closed' })
    expect(await bot.store.listDue(1)).toEqual([])
  })

  it('keeps a judgement beside what its tester remarks later', async () => {
    const { job, judge } = await ask({ needed: 1 })
    await judge('dana', 1, 'fail', 'the total is empty')
    await judge('bob', 1, 'pass')
    await judge('dana', 1, 'comment', 'slower than before')
    await judge('bob', 2, 'comment', 'looks odd')
    await judge('bob', 2, 'pass')
    expect(await shown(job)).toMatchObject({
      ...{ proven: '1 of 2 cases passed', unproven: '1 Place an order (failed)' },
      details: [
        '1: ⟦person:dana⟧ fail: the total is empty',
        '1: ⟦person:bob⟧ pass',
        '1: ⟦person:dana⟧ comment: slower than before',
        '2: ⟦person:bob⟧ pass',
        '2: ⟦person:bob⟧ comment: looks odd',
      ],
    })
  })

  it('counts somebody once who is named in the plan by now', async () => {
    const { job, judge } = await ask({ people: { bob: { slack: 'U0BOB' } } })
    await judge('U0BOB', 1, 'fail', 'as I was called before')
    await judge('U0BOB', 2, 'pass')
    for (const no of [1, 2]) await judge('bob', no, 'pass')
    expect(await stateOf(job)).toBe('awaiting_person')
    for (const no of [1, 2]) await judge('dana', no, 'pass')
    expect(await shown(job)).toMatchObject({ proven: '2 of 2 cases passed' })
    expect((await bot.store.listEvents(world.incident.number, 0, 100)).findLast(isWordOf('bob'))).toBeDefined()
  })

  it('takes no word once the sign-off is at work, and reports what was signed', async () => {
    const { job, judge } = await ask({ needed: 1 })
    for (const no of [1, 2]) await judge('bob', no, 'pass')
    const refusals: unknown[] = []
    await whileSigning(async () => {
      const late = { job, case: 1, answer: 'fail', comment: 'too late' } as const
      refusals.push(
        await world.engine.judgeCase(world.say('bob'), late).catch((error: { code?: unknown }) => error.code),
      )
    })
    await world.engine.approve(world.say('carol'), { job })
    await world.settle()
    expect(refusals).toEqual(['case_closed'])
    expect(await stateOf(job)).toBe('succeeded')
    // What only the store's owner can do.
    await addAnswer(`${job}/ask/1.1#1`, 'fail')
    expect(uat.report(await world.view(job))).toMatchObject({ summary: 'entry: 2 of 2 cases passed', left: [] })
  })

  it('asks anew where the results are others than were signed, however they came to be', async () => {
    const { job, judge } = await ask({ needed: 1 })
    for (const no of [1, 2]) await judge('bob', no, 'pass')
    let done = false
    await whileSigning(async () => {
      if (!done) await addAnswer(`${job}/ask/1.1#1`, 'fail')
      done = true
    })
    await world.engine.approve(world.say('carol'), { job })
    await world.settle()
    expect(await stateOf(job)).toBe('awaiting_approval')
    expect(await shown(job)).toMatchObject({ proven: '1 of 2 cases passed' })
    await judge('bob', 1, 'pass', 'after the fix')
    await world.engine.approve(world.say('carol'), { job })
    await world.settle()
    await world.engine.approve(world.say('carol'), { job })
    await world.settle()
    expect(await stateOf(job)).toBe('succeeded')
  })

  it('goes on at its time with what was judged until then', async () => {
    const { job, judge } = await ask({ due: new Date(Date.now() + 300_000) })
    await judge('bob', 1, 'pass')
    await runSql(
      world.database.url,
      `ALTER TABLE salvor.asks DISABLE TRIGGER asks_keep_rest;
       UPDATE salvor.asks SET answer_by = answer_by - interval '10 min';
       ALTER TABLE salvor.asks ENABLE TRIGGER asks_keep_rest`,
    )
    await Promise.all([doWhatIsDue(bot), doWhatIsDue(bot)])
    await world.settle()
    expect(await shown(job)).toMatchObject({ proven: '0 of 2 cases passed' })
    await expect(judge('dana', 1, 'pass')).rejects.toMatchObject({ code: 'case_closed' })
  })

  it('without anybody who signs off passes only if every case did', async () => {
    const { job, all } = await ask({ signOff: [] })
    await all('pass')
    expect(await stateOf(job)).toBe('succeeded')
  })

  it('and is red where one did not', async () => {
    const { job, judge, all } = await ask({ signOff: [] })
    await judge('dana', 1, 'blocked', 'no login')
    await judge('dana', 2, 'pass')
    await judge('bob', 1, 'pass')
    await judge('bob', 2, 'pass')
    expect((await world.view(job)).steps[0]?.failure).toMatchObject({ code: 'uat_failed' })
    await world.engine.retry(world.say('alice'), job)
    await world.settle()
    // What was said before stays on record, and is asked anew.
    await putQuestions(bot)
    await all('pass')
    expect(await stateOf(job)).toBe('succeeded')
  })

  it('has enough words by one rule, in the engine and in the store', async () => {
    const { job, judge } = await ask()
    const seen: unknown[] = []
    const words = [
      ['bob', 'pass'],
      ['bob', 'fail'],
      ['dana', 'comment'],
      ['dana', 'blocked'],
    ] as const
    for (const [who, answer] of words) {
      await judge(who, 1, answer, 'what I saw')
      const asked = (await world.view(job)).asks?.[0]
      const sql = `SELECT salvor.is_answered('${asked?.id}') AS enough`
      const [{ enough } = { enough: null }] = await runSql<{ enough: boolean }>(world.database.url, sql)
      seen.push([asked && isAnswered(asked), enough])
      // A remark beside one judgement of two makes nobody believe that both were given.
      const end = runSql(world.database.url, `UPDATE salvor.asks SET state = 'answered' WHERE id = '${asked?.id}'`)
      if (enough) await end
      else await expect(end).rejects.toThrow('cannot become answered')
    }
    expect(seen).toEqual([
      [false, false],
      [false, false],
      [false, false],
      [true, true],
    ])
  })

  it('says once in its journal whom no message reached', async () => {
    const { job } = await ask()
    const of = { people: [{ person: 'dana', why: 'no_slack' as const }], roles: [] }
    await Promise.all([recordUnreached(bot, job, of), recordUnreached(bot, job, of)])
    await recordUnreached(bot, job, { people: [], roles: ['testers'] })
    const told = (await bot.store.listEvents(world.incident.number, 0, 100)).filter(
      ({ type }) => type === 'people_unreached',
    )
    expect(told.map(({ job: of, actor, data }) => ({ of, actor, data }))).toEqual([
      { of: job, actor: 'salvor', data: of },
      { of: job, actor: 'salvor', data: { people: [], roles: ['testers'] } },
    ])
  })
})
