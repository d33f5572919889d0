import { expect, test } from 'vitest'
import { runWords } from '../../../src/engine/say/run-words.ts'
import { startTalk } from '../../support/fakes/say.ts'
import { fakeIncident, fakeJobView } from '../../support/fakes/views.ts'

const here = fakeIncident({ number: 8, title: 'Stock', channel: 'C0STOCK' })
const there = fakeIncident()
const jobs = [fakeJobView({ state: 'failed' })]

/** What a DBA's words come to in a place: the moves of the engine, and the code that the answer was refused with. */
async function say(words: string, channel: string | null, incidents = [there, here], person = 'alice') {
  const talk = startTalk({ channel, incidents, jobs })
  const answer = await talk.says(person, words)
  const refused = answer.kind === 'private' ? (answer.refused ?? null) : null
  return { moves: talk.moves(), refused, kind: answer.kind, card: JSON.stringify(answer) }
}

const steering: [string, string, string][] = [
  ['undo restore-1', 'undo', 'alice'],
  ['retry restore-1', 'retry', 'alice'],
  ['resume restore 1', 'resume', 'alice'],
  ['stop restore-1', 'stop', 'alice'],
  ['approve restore-1 9WE4TF', 'approve', 'bob'],
  ['reject restore-1 9WE4TF --reason no', 'reject', 'bob'],
]

test.each(steering)(
  '«%s» in the channel of another incident moves nothing and says where it belongs',
  async (words, _move, person) => {
    const { moves, refused, card } = await say(words, 'C0STOCK', [there, here], person)
    expect(moves).toEqual(['recordRefusal'])
    expect(refused).toBe('job_elsewhere')
    expect(card).toContain('#7')
    expect(card).toContain('⟦channel:C0INC⟧')
  },
)

test.each(steering)('«%s» is done at once in its own channel', async (words, move, person) => {
  expect(await say(words, 'C0INC', [there, here], person)).toMatchObject({ moves: [move], kind: 'quiet' })
})

test.each([
  ['another incident is named', 'undo restore-1 --incident 8', 'C0INC', [there, here]],
  [
    'the channel was that of an incident that is closed',
    'undo restore-1',
    'C0STOCK',
    [there, { ...here, state: 'closed' as const }],
  ],
  [
    'a newer incident is open in the same channel',
    'undo restore-1',
    'C0INC',
    [
      { ...there, state: 'closed' as const },
      { ...here, channel: 'C0INC' },
    ],
  ],
] as const)('nothing moves where %s', async (_where, words, channel, incidents) => {
  expect(await say(words, channel, [...incidents])).toMatchObject({
    moves: ['recordRefusal'],
    refused: 'job_elsewhere',
  })
})

test.each([
  ['its incident is named', 'stop restore-1 --incident 7', 'C0STOCK', 'private'],
  ['it is said where no incident ever was', 'stop restore-1', 'D0ALICE', 'private'],
  ['it is said at a terminal', 'stop restore-1', null, 'private'],
] as const)('it is done, and the asker is told where, if %s', async (_where, words, channel, kind) => {
  const { moves, refused, kind: seen, card } = await say(words, channel)
  expect({ moves, refused, seen }).toEqual({ moves: ['stop'], refused: null, seen: kind })
  expect(card).toContain('#7')
})

test('the thread of an incident that is closed is about that one, whatever is open in its channel now', async () => {
  const incidents = [
    { ...there, state: 'closed' as const },
    { ...here, channel: 'C0INC' },
  ]
  const talk = startTalk({ incidents, jobs })
  const said = (threadOf: number, requestId: string) => ({
    ...{ requestId, person: { id: 'alice', slack: null, os: null }, via: 'mention' as const, threadOf },
    ...{ channel: 'C0INC', thread: '1.0', at: '2026-02-28T18:05:00.000Z' },
  })
  await runWords(talk.deps, said(7, 'a'), 'undo restore-1')
  expect(await runWords(talk.deps, said(8, 'b'), 'undo restore-1')).toMatchObject({ refused: 'job_elsewhere' })
  expect(await runWords(talk.deps, said(7, 'c'), 'restore orders-db')).toMatchObject({ refused: 'move_illegal' })
  await runWords(talk.deps, said(8, 'd'), 'restore orders-db')
  expect(talk.moves()).toEqual(['undo', 'recordRefusal', 'recordRefusal', 'requestJob'])
  expect(talk.engine.calls.at(-1)?.args[1]).toMatchObject({ incident: 8 })
})

test('what needs an incident and finds the only one says that it went there', async () => {
  const { moves, kind, card } = await say('restore orders-db', 'C0LUNCH', [there])
  expect({ moves, kind }).toEqual({ moves: ['requestJob'], kind: 'private' })
  expect(card).toContain('⟦channel:C0INC⟧')
})

test('somebody without the right learns nothing of the other incident', async () => {
  const { refused, card } = await say('undo restore-1', 'C0STOCK', [there, here], 'mallory')
  expect(refused).toBe('role_none')
  expect(card).not.toContain(there.title)
})
