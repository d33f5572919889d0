import { afterEach, describe, expect, it } from 'vitest'
import { putQuestions } from '../../src/engine/asks/put-questions.ts'
import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import { executeStep } from '../../src/engine/work/execute-step.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'
import { createRunWorld, type RunWorld } from '../support/run-world.ts'

let world: RunWorld | EngineWorld
afterEach(() => world.close())

const asks = async () => (await world.deps.store.listAsks(1)).map(({ id, state }) => `${id} ${state}`)
const due = async () => (await world.deps.store.listDue(1)).map(({ kind }) => kind)
const events = async () =>
  (await world.deps.store.listEvents(1, 0, 500)).map(({ type }) => type).filter((type) => /^(people|ask)_/.test(type))

/** The store's clock cannot be turned, so what it is compared with is moved instead. */
async function wait(minutes: number) {
  await world.pool.query('ALTER TABLE salvor.asks DISABLE TRIGGER asks_keep_rest')
  await world.pool.query(
    `UPDATE salvor.asks SET remind_at = remind_at - $1 * interval '1 min', escalate_at = escalate_at - $1 * interval '1 min',
            answer_by = answer_by - $1 * interval '1 min'`,
    [minutes],
  )
  await world.pool.query('ALTER TABLE salvor.asks ENABLE TRIGGER asks_keep_rest')
  await doWhatIsDue(world.deps)
}

async function byHand() {
  const here = await createRunWorld()
  world = here
  const run = await here.start('hand')
  await here.settleRuns()
  await putQuestions(here.deps)
  const mark = (who: string) => here.engine.markDone(here.say(who), { run, step: 1, evidence: 'they confirmed' })
  return { here, run, mark }
}

describe('a manual step', () => {
  it('is a question that is asked once, and answered by whoever does it', async () => {
    const { here, run, mark } = await byHand()
    await Promise.all([putQuestions(here.deps), putQuestions(here.deps)])
    expect(await asks()).toEqual(['run-1/1#1 asked'])
    expect(await due()).toEqual(['ask_remind', 'ask_escalate'])
    expect(await here.deps.store.listAsks(1)).toMatchObject([
      {
        kind: 'manual',
        question: { code: 'manual', facts: { run, step: 1, title: 'call the vendor' } },
        roles: ['ops'],
      },
    ])
    await mark('dana')
    await here.settleRuns()
    expect((await here.look(run)).state).toBe('succeeded')
    expect(await here.deps.store.listAsks(1)).toMatchObject([
      { state: 'answered', given: [{ person: 'dana', answer: 'done', evidence: 'they confirmed' }] },
    ])
    expect(await due()).toEqual([])
    await putQuestions(here.deps)
    expect(await events()).toEqual(['people_asked'])
  })

  it('reminds as often as it says, and turns to others after its time', async () => {
    const { mark } = await byHand()
    await expect(mark('bob')).rejects.toMatchObject({ code: 'role_missing' })
    await wait(16)
    expect(await events()).toEqual(['people_asked', 'ask_reminded'])
    await wait(5)
    await Promise.all([doWhatIsDue(world.deps), doWhatIsDue(world.deps)])
    expect(await events()).toEqual(['people_asked', 'ask_reminded', 'ask_escalated'])
    await wait(15)
    await wait(60)
    expect(await events()).toEqual(['people_asked', 'ask_reminded', 'ask_escalated', 'ask_reminded'])
    await mark('bob')
    expect(await asks()).toEqual(['run-1/1#1 answered'])
  })

  it('is not asked about while its run stands still, and asked anew when it goes on', async () => {
    const { here, run } = await byHand()
    await here.engine.stop(here.say('alice'), run)
    await here.settleRuns()
    expect(await asks()).toEqual(['run-1/1#1 withdrawn'])
    expect(await due()).toEqual([])
    await here.engine.resume(here.say('alice'), run)
    await putQuestions(here.deps)
    expect(await asks()).toEqual(['run-1/1#1 withdrawn', 'run-1/1#2 asked'])
  })

  it('takes no other answer than it was asked for, whoever writes to the store', async () => {
    await byHand()
    const answer = (sql: string) =>
      world.pool.query(`INSERT INTO salvor.answers (ask, no, person, answer, evidence) ${sql}`)
    await expect(answer(`VALUES ('run-1/1#1', 1, 'dana', 'perhaps', 'x')`)).rejects.toThrow('does not take this answer')
    await expect(answer(`VALUES ('run-1/1#1', 1, 'dana', 'done', ' ')`)).rejects.toThrow('does not take this answer')
    const change = (set: string) => world.pool.query(`UPDATE salvor.asks SET ${set}`)
    await expect(change(`state = 'answered'`)).rejects.toThrow('cannot become answered')
    await expect(change(`state = 'expired'`)).rejects.toThrow('cannot become expired')
    await expect(change(`roles = '{dba}'`)).rejects.toThrow('cannot be changed')
    await expect(change(`needed = 0`)).rejects.toThrow('cannot be changed')
    await expect(change(`escalated_at = now()`)).rejects.toThrow('cannot turn to others now')
    const put = (roles: string) =>
      world.pool.query(`INSERT INTO salvor.asks (id, kind, incident, subject, question, roles, answers, needed, evidence,
        state, reminders, escalate_to) VALUES ('x', 'manual', 1, 'x', '{}', '${roles}', '{done}', 1, true, 'asked', 0, '{}')`)
    await expect(put('{}')).rejects.toThrow('asks_roles_check')
    await put('{ops}')
    await answer(`VALUES ('run-1/1#1', 1, 'dana', 'done', 'x')`)
    await expect(world.pool.query(`DELETE FROM salvor.answers`)).rejects.toThrow()
  })
})

const noAnswer = { code: 'transaction_open', facts: { xid: '7', job: 'demo-1' } }

/** A step that lost its runner, of which the target says nothing. */
async function loseRunner(here: EngineWorld): Promise<{ job: string; step: string }> {
  const job = await here.request()
  // The first attempt fails, the second loses its runner.
  here.script.run = () => Promise.reject(new Error('not yet'))
  here.script.isDone = async () => ({ done: 'unknown', why: noAnswer })
  await here.settle()
  const [{ id: step } = { id: '' }] = (await here.view(job)).steps
  await here.pool.query(`UPDATE salvor.jobs SET state = 'running', finished_at = NULL WHERE id = $1`, [job])
  await here.pool.query(`UPDATE salvor.steps SET state = 'waiting' WHERE id = $1`, [step])
  await here.pool.query(`UPDATE salvor.steps SET state = 'running', fence = fence + 1, runner = 'gone' WHERE id = $1`, [
    step,
  ])
  return { job, step }
}

describe('a doubt', () => {
  it('is a question to those who own the system, settled by their answer', async () => {
    const here = await createEngineWorld()
    world = here
    const { job, step } = await loseRunner(here)
    await executeStep(here.deps, step)
    expect((await here.stateOf(job)).job).toBe('needs_person')
    await Promise.all([putQuestions(here.deps), putQuestions(here.deps)])
    expect(await here.deps.store.listAsks(1)).toMatchObject([
      { id: `${job}/look#1`, kind: 'doubt', roles: ['dba'], answers: ['done', 'not_done'], state: 'asked' },
    ])
    await wait(16)
    expect(await events()).toEqual(['people_asked', 'ask_reminded'])
    await here.engine.resume(here.say('bob'), job, { as: 'not-done', reason: 'I looked' })
    expect(await here.deps.store.listAsks(1)).toMatchObject([
      { state: 'answered', given: [{ person: 'bob', answer: 'not_done', evidence: 'I looked' }] },
    ])
    expect(await due()).toEqual([])
  })

  it('about which somebody had said stop asks nobody: the job rests, and its resume wants the answer', async () => {
    const here = await createEngineWorld()
    world = here
    const { job, step } = await loseRunner(here)
    await here.engine.stop(here.say('alice'), job)
    await executeStep(here.deps, step)
    await putQuestions(here.deps)
    expect(await here.deps.store.listAsks(1)).toEqual([])
    await here.settle()
    expect((await here.stateOf(job)).job).toBe('stopped')
    expect((await here.view(job)).steps[0]?.state).toBe('needs_person')
    await expect(here.engine.resume(here.say('alice'), job)).rejects.toMatchObject({ code: 'step_unsettled' })
    await here.engine.resume(here.say('bob'), job, { as: 'not-done', reason: 'I looked' })
    expect((await here.view(job)).job.state).toBe('running')
  })
})
