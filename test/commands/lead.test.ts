import { describe, expect, test } from 'vitest'
import type { Answer } from '../../src/engine/define-command.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { startTalk } from '../support/fakes/say.ts'
import { fakeIncident, fakeJobView } from '../support/fakes/views.ts'

const plan = fakePlan({ people: { alice: { slack: 'U0ALICE' }, bob: { slack: 'U0BOB' }, erin: { slack: 'U0ERIN' } } })
const textOf = (answer: Answer) => ('card' in answer ? JSON.stringify(answer.card) : '')

describe('handover', () => {
  test.each([
    ['handover @bob', 'bob'],
    ['handover BOB', 'bob'],
    ['handover <@U0BOB|bob>', 'bob'],
  ])('«%s» makes the same person lead', async (words, to) => {
    const talk = startTalk({ plan })
    await talk.says('alice', words)
    expect(talk.engine.calls).toMatchObject([{ move: 'handOver', args: [{}, 7, to] }])
  })

  test.each([['handover erin'], ['handover @U0ZED'], ['handover nobody'], ['handover constructor']])(
    '«%s» names nobody with a role, and says who could',
    async (words) => {
      const talk = startTalk({ plan })
      const answer = await talk.says('alice', words)
      expect(answer).toMatchObject({ refused: 'handover_nobody' })
      expect(textOf(answer)).toMatch(/bob/)
      expect(talk.moves()).toEqual(['recordRefusal'])
    },
  )
})

test('update takes words and a severity', async () => {
  const talk = startTalk()
  await talk.says('dana', 'update orders are taken on paper —severity 2')
  const of = { text: 'orders are taken on paper', severity: 2 }
  expect(talk.engine.calls).toMatchObject([{ move: 'updateIncident', args: [{}, 7, of] }])
  expect(await talk.says('dana', 'update worse --severity 5')).toMatchObject({ refused: 'command_usage' })
})

describe('the brief', () => {
  test('is for everybody in the channel, and without a role for nobody elsewhere', async () => {
    expect(textOf(await startTalk().says('oscar', 'brief'))).toMatch(/Orders lost after cut-over: being worked on/)
    const elsewhere = startTalk({ channel: 'C0ELSE' })
    expect(await elsewhere.says('oscar', 'brief')).toMatchObject({ refused: 'role_none' })
    expect(await elsewhere.says('oscar', 'brief --incident 7')).toMatchObject({ refused: 'role_none' })
    expect(textOf(await elsewhere.says('alice', 'brief --incident 7'))).toMatch(/being worked on/)
  })

  test('is posted only by somebody with a role', async () => {
    expect(await startTalk().says('oscar', 'brief --post')).toMatchObject({ refused: 'role_none' })
    expect(await startTalk().says('dana', 'brief --post')).toMatchObject({ kind: 'thread' })
  })

  const report = {
    summary: 'orders-db holds 01:30',
    proven: [],
    lost: ['212 orders'],
    left: [],
    undo: true,
    recovers: true,
  }

  test.each([
    ['nothing was begun', [], {}, /looking into it/],
    ['a restore is at work', [fakeJobView()], {}, /brought back from a backup/],
    ['somebody is asked', [fakeJobView({ state: 'awaiting_approval' })], {}, /second person is deciding/],
    ['something else is at work', [fakeJobView({ kind: 'restart' })], {}, /Work is under way/],
    ['an attempt failed', [fakeJobView({ state: 'failed' })], {}, /did not come to its end/],
    ['nobody knows whether it happened', [fakeJobView({ state: 'needs_person' })], {}, /did not come to its end/],
    [
      'service is back',
      [fakeJobView({ state: 'succeeded', outcome: report })],
      { state: 'recovered', recoveredAt: '2026-02-28T18:14:00.000Z' },
      /service is back.*212 orders/s,
    ],
    [
      'words were said',
      [],
      { updateText: 'use paper', updatedBy: 'dana', updatedAt: '2026-02-28T18:00:00Z' },
      /use paper/,
    ],
    ['the time is over', [], { deadline: '2026-02-28T18:00:00.000Z' }, /did not hold/],
  ] as const)('says it plainly when %s', async (_, jobs, incident, words) => {
    const talk = startTalk({ jobs, incidents: [fakeIncident(incident)] })
    const said = textOf(await talk.says('oscar', 'brief'))
    expect(said).toMatch(words)
    expect(said).not.toMatch(/restore-1|orders-db/)
  })

  test('speaks the language of the plan', async () => {
    const talk = startTalk({ plan: fakePlan({ language: 'ko' }), jobs: [fakeJobView()] })
    expect(textOf(await talk.says('oscar', 'brief'))).toMatch(/복구 작업 중.*백업에서 데이터를/s)
  })
})
