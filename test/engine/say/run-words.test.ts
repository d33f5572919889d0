import { expect, test } from 'vitest'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import type { Answer } from '../../../src/engine/define-command.ts'
import { fakePlan } from '../../support/fakes/plan.ts'
import { startTalk } from '../../support/fakes/say.ts'
import { fakeIncident, fakeJobView } from '../../support/fakes/views.ts'

/** All that the asker reads of an answer, in one string. */
function read(answer: Answer): string {
  return answer.kind === 'quiet' ? 'quiet' : JSON.stringify([answer.card.headline, answer.card.rows])
}

test('an owner who asks for a restore gets a job, and no words', async () => {
  const talk = startTalk()
  expect(await talk.says('alice', 'Restore orders-db')).toEqual({ kind: 'quiet' })
  expect(talk.engine.calls[0]?.args[1]).toEqual({
    incident: 7,
    kind: 'restore',
    params: { system: 'orders-db' },
    words: 'Restore orders-db',
  })
})

test('somebody without any role is refused, told who could, and journaled', async () => {
  const talk = startTalk()
  const answer = await talk.says('mallory', 'restore orders-db')
  expect(answer.kind).toBe('private')
  expect(read(answer)).toContain('You hold no role')
  expect(read(answer)).toContain('⟦person:alice⟧ or ⟦person:bob⟧')
  expect(talk.engine.calls).toHaveLength(1)
  expect(talk.engine.calls[0]).toMatchObject({ move: 'recordRefusal', args: [{}, 7, { code: 'role_none' }] })
})

test('the owner of another system is refused and told what and who', async () => {
  const talk = startTalk()
  const answer = await talk.says('carol', 'restore orders-db')
  expect(read(answer)).toContain('may restore orders-db')
  expect(read(answer)).toContain('⟦person:dana⟧')
  expect(talk.moves()).toEqual(['recordRefusal'])
})

test('the right to steer a job is that of the owner of its system', async () => {
  const jobs = [fakeJobView({ id: 'restart-2', kind: 'restart', params: { service: 'orders-api' }, state: 'failed' })]
  const talk = startTalk({ jobs })
  await talk.says('alice', 'retry restart-2')
  await talk.says('carol', 'retry restart 2')
  expect(talk.moves()).toEqual(['recordRefusal', 'retry'])
})

test('a job that nobody asked for cannot be steered', async () => {
  expect(read(await startTalk().says('alice', 'retry restore-9'))).toContain('There is no job \\"restore-9\\"')
})

test('a role that cannot be looked up is a role not held', async () => {
  const broken = {
    holds: async () => {
      throw new SalvorError('slack_unreachable')
    },
    peopleOf: async () => [],
  }
  const talk = startTalk({ deps: { roles: broken } })
  expect(read(await talk.says('alice', 'restore orders-db'))).toContain('Slack does not answer')
  expect(talk.moves()).toEqual(['recordRefusal'])
})

test('where the plan lets nobody approve, nobody may', async () => {
  const talk = startTalk({ plan: fakePlan({ approvals: {} }), jobs: [fakeJobView()] })
  await talk.says('bob', 'approve restore-1')
  expect(talk.moves()).toEqual(['recordRefusal'])
})

test('a button approves exactly the digest that it carries', async () => {
  const talk = startTalk({ jobs: [fakeJobView()] })
  const digest = '4f1c'.repeat(16)
  expect(await talk.says('bob', 'approve restore-1', { digest })).toEqual({ kind: 'quiet' })
  expect(talk.engine.calls[0]?.args[1]).toEqual({ job: 'restore-1', digest })
})

test('the engine refusing an own approval is told with the people who could, and journaled', async () => {
  const failWith = new SalvorError('approval_own', { job: 'restore-1', others: '⟦person:bob⟧' })
  const talk = startTalk({ jobs: [fakeJobView()], failWith })
  expect(read(await talk.says('alice', 'approve restore-1'))).toContain('⟦person:bob⟧ can.')
  expect(talk.moves()).toEqual(['approve', 'recordRefusal'])
})

test('words that mean nothing are answered privately and journaled where they were said', async () => {
  const talk = startTalk()
  expect(read(await talk.says('alice', 'restroe orders-db'))).toContain('`restore orders-db`')
  expect(talk.engine.calls[0]).toMatchObject({ args: [{}, 7, { code: 'command_unknown', words: 'restroe orders-db' }] })
})

test('an error from outside the catalogue is told without its text, which may hold a secret', async () => {
  const talk = startTalk({ failWith: new Error('password=hunter2') })
  const answer = await talk.says('alice', 'restore orders-db')
  expect(read(answer)).not.toContain('hunter2')
  expect(JSON.stringify(talk.engine.calls.at(-1))).not.toContain('hunter2')
})

test('a journal that cannot be written does not hide what was wrong', async () => {
  const talk = startTalk()
  talk.engine.recordRefusal = async () => {
    throw new Error('store down')
  }
  expect(read(await talk.says('mallory', 'restore orders-db'))).toContain('You hold no role')
})

test('the incident of the channel is meant before the only open one elsewhere', async () => {
  const incidents = [fakeIncident(), fakeIncident({ number: 8, channel: 'C0OTHER' })]
  const talk = startTalk({ incidents })
  await talk.says('alice', 'note seen')
  expect(talk.engine.calls[0]?.args[1]).toBe(7)
})

test('--incident is meant before the channel', async () => {
  const incidents = [fakeIncident(), fakeIncident({ number: 8, channel: 'C0OTHER' })]
  const talk = startTalk({ incidents })
  await talk.says('alice', 'note seen --incident 8')
  expect(talk.engine.calls[0]?.args[1]).toBe(8)
})

test('an incident number that does not exist leads nowhere', async () => {
  const talk = startTalk()
  expect(read(await talk.says('alice', 'note seen --incident 99'))).toContain('no incident #99')
  expect(talk.moves()).toEqual(['recordRefusal'])
})

test('the journal of the system is no incident', async () => {
  const talk = startTalk({ incidents: [fakeIncident({ number: 0, channel: null })] })
  expect(read(await talk.says('alice', 'note seen --incident 0'))).toContain('no incident #0')
})

test('outside any channel the only open incident is meant; of several one must be named', async () => {
  const one = startTalk({ channel: null })
  await one.says('alice', 'note seen')
  expect(one.engine.calls[0]?.args[1]).toBe(7)
  const incidents = [fakeIncident(), fakeIncident({ number: 8, channel: 'C0OTHER', title: 'Stock' })]
  const two = startTalk({ channel: null, incidents })
  expect(read(await two.says('alice', 'note seen'))).toContain('#8 Stock')
})

test('without an incident a job is refused with the way to open one', async () => {
  const talk = startTalk({ incidents: [] })
  expect(read(await talk.says('alice', 'restore orders-db'))).toContain('open <what happened>')
})

test('a closed incident takes no more jobs', async () => {
  const talk = startTalk({ incidents: [fakeIncident({ state: 'closed' })] })
  expect(read(await talk.says('alice', 'restore orders-db --incident 7'))).toContain('#7 is closed')
  expect(talk.moves()).toEqual(['recordRefusal'])
})
