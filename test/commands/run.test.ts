import { expect, test } from 'vitest'
import type { Card } from '../../src/domain/card.ts'
import type { Answer } from '../../src/engine/define-command.ts'
import { startTalk } from '../support/fakes/say.ts'
import { fakeStore } from '../support/fakes/store.ts'
import { fakeIncident, fakeJobView, fakeRunStep, fakeRunView } from '../support/fakes/views.ts'

const run = fakeRunView({}, [
  fakeRunStep(),
  fakeRunStep({ position: 2, verb: 'manual', about: 'call the vendor', owner: 'sysadmin', state: 'asked', job: null }),
  fakeRunStep({ position: 3, verb: 'restart', about: 'orders-api', state: 'waiting', after: [1, 2], job: null }),
])

const jobs = [
  fakeJobView(),
  fakeJobView({ id: 'restore-2', requester: 'bob', state: 'requested', lockTarget: 'database:orders-db' }),
]
const store = fakeStore({ incidents: [fakeIncident()], jobs: jobs.slice(0, 1), runs: [run] })
const talk = (incident = fakeIncident()) =>
  startTalk({ deps: { store: fakeStore({ incidents: [incident], jobs, runs: [run] }) } })

const textOf = (answer: Answer): string => {
  if (answer.kind === 'quiet') throw new Error('it said nothing')
  return (answer.card as Card).rows.map((row) => ('text' in row ? row.text : '')).join('\n')
}

const moves: [person: string, said: string, move: string, args: unknown[]][] = [
  [
    'alice',
    'run Full-Recovery —from restart orders-api',
    'startRun',
    [
      {
        incident: 7,
        procedure: 'full-recovery',
        from: 'restart orders-api',
        words: 'run Full-Recovery --from restart orders-api',
      },
    ],
  ],
  [
    'carol',
    'run full-recovery',
    'startRun',
    [{ incident: 7, procedure: 'full-recovery', from: null, words: 'run full-recovery' }],
  ],
  [
    'carol',
    'done run-1 2 they confirmed by mail',
    'markDone',
    [{ run: 'run-1', step: 2, evidence: 'they confirmed by mail' }],
  ],
  [
    'carol',
    'done run 1 #2 --reason they confirmed',
    'markDone',
    [{ run: 'run-1', step: 2, evidence: 'they confirmed' }],
  ],
  ['alice', 'stop run-1', 'stop', ['run-1']],
  ['alice', 'Resume run 1', 'resume', ['run-1', undefined]],
  ['alice', 'retry run-1', 'retry', ['run-1']],
]

test.each(moves)('%s says «%s»', async (person, said, move, args) => {
  const speaking = talk()
  expect(await speaking.says(person, said)).toMatchObject({ kind: 'quiet' })
  const [call] = speaking.engine.calls
  expect(call?.move).toBe(move)
  expect(call?.args.slice(1)).toEqual(args)
})

const refused: [person: string, said: string, code: string][] = [
  ['oscar', 'run full-recovery', 'role_none'],
  ['oscar', 'done run-1 2 it works', 'role_none'],
  ['carol', 'done run-1 2', 'run_evidence'],
  ['carol', 'done run-1 soon', 'command_usage'],
  ['alice', 'resume run-9', 'run_unknown'],
  ['alice', 'run', 'command_usage'],
]

test.each(refused)('%s says «%s» and is refused with %s', async (person, said, code) => {
  const speaking = talk()
  await speaking.says(person, said)
  const [call] = speaking.engine.calls
  expect(call?.move).toBe('recordRefusal')
  expect(call?.args[2]).toMatchObject({ code })
})

test('whoever starts a run hears which of its steps need somebody else', async () => {
  const speaking = talk()
  const restart = fakeRunStep({
    position: 3,
    verb: 'restart',
    about: 'orders-api',
    system: 'orders-api',
    state: 'waiting',
  })
  const engine = {
    ...speaking.engine,
    startRun: async () => fakeRunView({}, [fakeRunStep({ state: 'waiting' }), restart]),
  }
  const answer = await startTalk({ deps: { ...speaking.deps, engine } }).says('bob', 'run full-recovery')
  if (answer.kind !== 'private') throw new Error('it said nothing')
  expect(answer.card.headline).toMatch(/role for step 3 \(restart orders-api: sysadmin\)\. .*resume run-1/)
})

test('a closed incident takes no run', async () => {
  const speaking = talk(fakeIncident({ state: 'closed', channel: 'C0INC' }))
  await speaking.says('alice', 'run full-recovery --incident 7')
  expect(speaking.moves()).toEqual(['recordRefusal'])
})

test('status tells each step of a run that is not done, and whom it waits for', async () => {
  const text = textOf(await startTalk({ deps: { store } }).says('bob', 'status'))
  expect(text).toMatch(/▶ run-1 · Bring orders back · running, 0 of 3 steps done/)
  expect(text).toMatch(/✋ 2 call the vendor · waits for .*person:carol/)
  expect(text).toMatch(/○ 3 restart orders-api · after 1, 2/)
  expect(text).toMatch(/Waiting for .*person:carol.* to do step 2 of run-1 \(call the vendor\)/)
})

test('status tells of each lock its reason, its owner and who waits', async () => {
  const text = textOf(await talk().says('bob', 'status'))
  expect(text).toMatch(
    /database:orders-db held by restore-1 since .* for «restore orders-db», asked by .*person:alice.* · restore-2 waits/,
  )
})
