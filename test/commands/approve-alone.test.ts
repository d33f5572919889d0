import { expect, test } from 'vitest'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { makeApproval } from '../slack/support/world.ts'
import { startTalk } from '../support/fakes/say.ts'
import { fakeJobView } from '../support/fakes/views.ts'

const jobs = [{ ...fakeJobView({ id: 'restore-1' }), approvals: [makeApproval()] }]
const words = 'approve restore-1 --emergency --reason nobody answers'

test('to go on alone in Slack leads to a button that asks for the code', async () => {
  const talk = startTalk({ jobs, failWith: new SalvorError('approval_factor', { job: 'restore-1' }) })
  const answer = await talk.says('alice', words)
  expect(answer).toMatchObject({ kind: 'private', card: { headline: '🚨 Go on alone with the switch of orders-db?' } })
  const [button] = 'card' in answer ? answer.card.buttons : []
  expect(button).toMatchObject({ verb: 'Approve', asks: 'code', command: words, approval: { id: 'a1' } })
  expect(talk.moves()).toEqual(['approveAlone'])
})

test('what is wrong otherwise is said at once, and with the code it is done', async () => {
  const early = startTalk({ jobs, failWith: new SalvorError('emergency_early', { job: 'restore-1', at: 'then' }) })
  expect(await early.says('alice', words)).toMatchObject({ refused: 'emergency_early' })
  const talk = startTalk({ jobs })
  expect(await talk.says('alice', words, { factor: 'checked', digest: 'd' })).toEqual({ kind: 'quiet' })
  const of = { job: 'restore-1', reason: 'nobody answers', digest: 'd', factor: 'checked' }
  expect(talk.engine.calls).toMatchObject([{ move: 'approveAlone', args: [{}, of] }])
})
