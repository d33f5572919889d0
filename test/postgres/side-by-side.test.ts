import { afterEach, expect, it } from 'vitest'
import { uat } from '../../jobs/uat/index.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import { putQuestions } from '../../src/engine/asks/put-questions.ts'
import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import { acknowledgePage } from '../../src/engine/due/pages.ts'
import { advance } from '../../src/engine/work/advance.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createEngineWorld, demoPlan, type EngineWorld } from '../support/engine-world.ts'

let world: EngineWorld
afterEach(() => world.close())

/** Everything at once. Who comes too late is told so in words of the catalogue; nothing is given up for another's sake. */
async function atOnce(moves: readonly Promise<unknown>[]): Promise<void> {
  for (const one of await Promise.allSettled(moves)) {
    if (one.status === 'rejected' && (!(one.reason instanceof SalvorError) || one.reason.code === 'unexpected'))
      throw one.reason
  }
}

async function expectOneOrder(): Promise<void> {
  // A backend tells what it counted when it ends, or once it has been idle for a while.
  await world.pool.query('SELECT pg_stat_force_next_flush()').catch(() => {})
  const sql = 'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()'
  expect((await world.pool.query(sql)).rows).toEqual([{ deadlocks: 0 }])
  expect(await auditIncident(world.pool, 1)).toMatchObject({ whole: true })
}

it('an approval that is given, taken alone, rejected, stopped, paged about, over and gone on with at one moment is decided once', async () => {
  const plan = { ...demoPlan, pager: { url: 'https://wake.example', key: 'k' } }
  world = await createEngineWorld({ plan, policy: { escalateTo: ['sysadmin'], escalateAfterMs: 1 } })
  const { engine, say, deps } = world
  const look = () => doWhatIsDue({ ...deps, pager: { send: async () => null } })
  let decided = 0
  for (let round = 0; round < 8; round += 1) {
    const job = await world.request(`t${round}`)
    await world.settle()
    await look()
    const page = String((await world.view(job)).approvals.at(-1)?.page)
    const moves = [
      () => engine.approve(say('bob'), { job }),
      () => engine.approve(say('dana'), { job }),
      () => engine.approve(say('carol'), { job }),
      () => engine.reject(say('dana'), { job, reason: 'no' }),
      () => engine.stop(say('alice'), job),
      () => engine.stopAll(say('carol'), 1),
      () => engine.retry(say('alice'), job),
      () => engine.addNote(say('bob'), 1, 'a word', false),
      () => engine.updateIncident(say('carol'), 1, { text: 'soon', severity: null }),
      () => engine.handOver(say('alice'), 1, 'bob'),
      () => acknowledgePage(deps, { page, by: 'bob' }),
      () => world.request(`t${round}`),
      () => advance(deps, job),
      look,
      look,
    ]
    // Each round begins with another of them.
    await atOnce([...moves.slice(round), ...moves.slice(0, round)].map((move) => move()))
    const { approvals } = await world.view(job)
    decided += approvals.filter(({ decisions }) => decisions.length > 0).length
    for (const { decisions } of approvals)
      expect(new Set(decisions.map(({ person }) => person)).size).toBe(decisions.length)
    expect(approvals.filter(({ state }) => state === 'asked' || state === 'granted').length).toBeLessThanOrEqual(1)
    // Whoever was first, what was asked came to an end.
    expect(approvals[0]?.state).not.toBe('asked')
    await engine.stopAll(say('alice'), 1).catch(() => {})
    await world.settle()
  }
  expect(decided).toBeGreaterThan(0)
  await expectOneOrder()
})

it('cases that everybody judges at once, while their time ends and somebody stops and signs, are taken once each', async () => {
  const suite = { testers: ['testers'], needed: 2, signOff: ['sysadmin'], cases: ['one', 'two', 'three'] }
  const plan = {
    ...demoPlan,
    ...recoveryPlanSchema.parse({
      ...{ version: 1, title: 'A plan', systems: { demo: { kind: 'service', owner: 'dba', restart: ['true'] } } },
      roles: { dba: { users: ['alice'] }, sysadmin: { users: ['carol'] }, testers: { users: ['bob', 'dana', 'erin'] } },
      uat: { entry: suite },
    }),
  }
  world = await createEngineWorld({ plan, kinds: [uat], reversible: { from: ['sysadmin'] } })
  const { engine, say, deps } = world
  for (let round = 0; round < 4; round += 1) {
    const of = { incident: 1, kind: 'uat', params: { suite: 'entry' }, words: 'uat entry' }
    const job = (await engine.requestJob(say('alice'), of)).id
    await world.settle()
    await putQuestions(deps)
    const judge = (person: string, no: number, answer: 'pass' | 'fail') => () =>
      engine.judgeCase(say(person), { job, case: no, answer, comment: answer === 'pass' ? null : 'it hangs' })
    const words = ['bob', 'dana', 'erin'].flatMap((person) =>
      [1, 2, 3].flatMap((no) => [judge(person, no, 'pass'), judge(person, no, 'fail')]),
    )
    await atOnce(
      [...words, () => putQuestions(deps), () => advance(deps, job), () => doWhatIsDue(deps)].map((move) => move()),
    )
    await world.settle()
    // Between a word and the signature neither is lost: the card is about what was judged, or asked anew.
    await atOnce([
      engine.approve(say('carol'), { job }),
      engine.judgeCase(say('erin'), { job, case: 1, answer: 'blocked', comment: 'late' }),
      engine.stop(say('alice'), job),
      advance(deps, job),
    ])
    await world.settle()
    const { asks = [] } = await world.view(job)
    // Six said two things of each case, in whatever order; the newest stands, and each was journaled.
    const judged = (await deps.store.listEvents(1, 0, 10_000)).filter(
      (one) => one.type === 'case_judged' && one.job === job,
    )
    expect(asks.flatMap(({ given }) => given)).toHaveLength(judged.length)
    expect(judged.length).toBeGreaterThan(0)
    await engine.stopAll(say('alice'), 1).catch(() => {})
    await world.settle()
  }
  await expectOneOrder()
})
