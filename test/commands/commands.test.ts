import { expect, test } from 'vitest'
import type { Card } from '../../src/domain/card.ts'
import { leftBehind } from '../../src/domain/left-behind.ts'
import { waitsFor } from '../../src/domain/waiting.ts'
import type { Answer } from '../../src/engine/define-command.ts'
import type { DumpPlace } from '../../src/ports/backup-providers.ts'
import type { Tools } from '../../src/ports/tools.ts'
import { fakePoint, standingOrders } from '../support/fakes/points.ts'
import { startTalk } from '../support/fakes/say.ts'
import { fakeIncident, fakeJobView } from '../support/fakes/views.ts'

function cardOf(answer: Answer): Card {
  if (answer.kind === 'quiet') throw new Error('it said nothing')
  return answer.card
}

const jobs = [
  fakeJobView({ state: 'failed' }),
  fakeJobView({ id: 'restart-2', kind: 'restart', params: { service: 'orders-api' } }),
]

/** Who says what, and the one move that follows: its name and its arguments after the utterance. */
const moves: [person: string, said: string, move: string, args: unknown[]][] = [
  [
    'alice',
    'backup',
    'requestJob',
    [{ incident: 7, kind: 'backup', params: { system: 'orders-db' }, words: 'backup' }],
  ],
  [
    'alice',
    'baseline',
    'requestJob',
    [{ incident: 7, kind: 'baseline', params: { system: 'orders-db' }, words: 'baseline' }],
  ],
  [
    'alice',
    'freeze',
    'requestJob',
    [{ incident: 7, kind: 'freeze', params: { system: 'orders-db' }, words: 'freeze' }],
  ],
  ['alice', 'thaw', 'requestJob', [{ incident: 7, kind: 'thaw', params: { system: 'orders-db' }, words: 'thaw' }]],
  [
    'carol',
    'restart',
    'requestJob',
    [{ incident: 7, kind: 'restart', params: { service: 'orders-api' }, words: 'restart' }],
  ],
  [
    'alice',
    'restore orders-db --backup Latest',
    'requestJob',
    [
      {
        incident: 7,
        kind: 'restore',
        params: { system: 'orders-db', backup: 'latest' },
        words: 'restore orders-db --backup Latest',
      },
    ],
  ],
  [
    'alice',
    'verify --against baseline --table orders --deep',
    'requestJob',
    [
      {
        incident: 7,
        kind: 'verify',
        params: { system: 'orders-db', against: 'baseline', table: 'orders', deep: true },
        words: 'verify --against baseline --table orders --deep',
      },
    ],
  ],
  ['bob', 'approve restore-1', 'approve', [{ job: 'restore-1' }]],
  ['bob', 'approve restore-1 owe4il', 'approve', [{ job: 'restore-1', code: '0WE411' }]],
  ['bob', 'reject restore-1 9we4tf --reason no', 'reject', [{ job: 'restore-1', code: '9WE4TF', reason: 'no' }]],
  ['bob', 'reject restore-1 --reason wrong backup', 'reject', [{ job: 'restore-1', reason: 'wrong backup' }]],
  ['carol', 'stop restore-1', 'stop', ['restore-1']],
  ['carol', 'stop all', 'stopAll', [7]],
  ['alice', 'resume restore-1', 'resume', ['restore-1', undefined]],
  [
    'alice',
    'resume restore-1 --settle not-done --reason old names',
    'resume',
    ['restore-1', { as: 'not-done', reason: 'old names' }],
  ],
  ['carol', 'retry restart-2', 'retry', ['restart-2']],
  ['alice', 'undo restore-1', 'undo', ['restore-1', 'undo restore-1']],
  ['carol', 'note phone the vendor --lesson', 'addNote', [7, 'phone the vendor', true]],
  ['carol', 'reopen', 'reopenIncident', [7]],
]

test.each(moves)('%s says «%s»: %s', async (person, said, move, args) => {
  const talk = startTalk({ jobs })
  await talk.says(person, said)
  expect(talk.engine.calls.map((call) => [call.move, ...call.args.slice(1)])).toEqual([[move, ...args]])
})

/** One who may not say it. */
const refusals: [person: string, said: string][] = [
  ['carol', 'backup'],
  ['carol', 'baseline'],
  ['carol', 'freeze'],
  ['carol', 'thaw'],
  ['alice', 'restart'],
  ['carol', 'restore orders-db'],
  ['carol', 'verify'],
  ['carol', 'approve restore-1'],
  ['carol', 'reject restore-1 --reason no'],
  ['erin', 'stop all'],
  ['carol', 'resume restore-1'],
  ['alice', 'retry restart-2'],
  ['carol', 'undo restore-1'],
  ['erin', 'note seen'],
  ['erin', 'open Lost'],
  ['erin', 'status'],
  ['erin', 'incidents'],
  ['erin', 'backups'],
  ['erin', 'report'],
  ['erin', 'close'],
  ['erin', 'reopen'],
]

test.each(refusals)('%s may not say «%s»', async (person, said) => {
  const talk = startTalk({ jobs })
  expect(cardOf(await talk.says(person, said)).headline).toMatch(/You (do not hold|hold no)/)
  expect(talk.moves()).toEqual(['recordRefusal'])
})

test('opening echoes the times that were typed, with date, zone and UTC', async () => {
  const talk = startTalk({ incidents: [] })
  const card = cardOf(await talk.says('alice', 'open Orders lost —began 02:10 --by 06:00 --severity 1'))
  expect(card.rows).toEqual([
    { kind: 'fact', label: 'Migration began', text: '1 Mar 2026 02:10 Asia/Seoul (28 Feb 2026 17:10 UTC)' },
    { kind: 'fact', label: 'Back by', text: '1 Mar 2026 06:00 Asia/Seoul (28 Feb 2026 21:00 UTC)' },
  ])
  expect(talk.engine.calls[0]?.args[1]).toEqual({
    title: 'Orders lost',
    severity: 1,
    system: null,
    channel: 'C0INC',
    beganAt: '2026-02-28T17:10:00.000Z',
    beganSource: 'said',
    deadline: '2026-02-28T21:00:00.000Z',
  })
})

test('opening without times says nothing: the root message shows itself', async () => {
  expect(await startTalk({ incidents: [] }).says('alice', 'open Orders lost')).toEqual({ kind: 'quiet' })
})

test('opening for a system that the plan does not have is refused with the nearest', async () => {
  const card = cardOf(await startTalk({ incidents: [] }).says('alice', 'open Lost --system order-db'))
  expect(card.fallback).toContain('orders-db')
})

test('a settlement without a reason is refused', async () => {
  const talk = startTalk({ jobs })
  expect(cardOf(await talk.says('alice', 'resume restore-1 --settle done')).headline).toContain('--reason')
  expect(talk.moves()).toEqual(['recordRefusal'])
})

test('a rejection without a reason is refused', async () => {
  const talk = startTalk({ jobs })
  expect(cardOf(await talk.says('bob', 'reject restore-1')).headline).toContain('needs a reason')
})

test('help lists only what the asker may run', async () => {
  const listed = async (person: string) =>
    cardOf(await startTalk().says(person, 'help')).rows.map((row) => ('text' in row ? row.text.split(/[`\s]/)[1] : ''))
  expect(await listed('erin')).toEqual(['help', 'brief'])
  const carol = await listed('carol')
  expect(carol).toContain('restart')
  expect(carol).not.toContain('restore')
  expect(carol).not.toContain('approve')
  expect(await listed('alice')).toEqual(expect.arrayContaining(['restore', 'approve', 'close']))
})

test('help for a command that the asker may not run shows it, and says so', async () => {
  const card = cardOf(await startTalk().says('erin', 'help restore'))
  expect(card.headline).toMatch(/^restore </)
  expect(card.rows).toHaveLength(3)
  expect(cardOf(await startTalk().says('alice', 'help restore')).rows).toHaveLength(2)
})

test('help for one command shows usage and examples', async () => {
  const card = cardOf(await startTalk().says('alice', 'help Restore'))
  expect(card.headline).toBe(
    'restore <system> [--backup <id>|latest] [--at <time>|lsn:<x>|name:<x>|xid:<x> [--before]] [--properties live]',
  )
  expect(JSON.stringify(card.rows)).toContain('restore orders-db --backup d-0130')
})

test('status names the jobs, what they wait for, and the locks', async () => {
  const waiting = fakeJobView({ state: 'needs_person', waitingFor: waitsFor('look_of_person') })
  const text = JSON.stringify(cardOf(await startTalk({ jobs: [waiting] }).says('alice', 'status')))
  expect(text).toContain('a person to settle restore-1')
  expect(text).toContain('database:orders-db held by restore-1')
})

test('incidents lists the newest first and leaves out the journal of the system', async () => {
  const incidents = [
    fakeIncident({ number: 0 }),
    fakeIncident({ state: 'closed' }),
    fakeIncident({ number: 8, channel: 'C8' }),
  ]
  const card = cardOf(await startTalk({ incidents }).says('alice', 'incidents'))
  expect(card.headline).toBe('2 incidents, 1 not closed')
  expect(card.rows.map((row) => ('text' in row ? row.text.slice(0, 2) : ''))).toEqual(['#8', '#7'])
})

test('reopening in the channel of a closed incident means that one, not the only open one elsewhere', async () => {
  const incidents = [fakeIncident({ state: 'closed' }), fakeIncident({ number: 8, channel: 'C8' })]
  const talk = startTalk({ incidents })
  await talk.says('alice', 'reopen')
  expect(talk.engine.calls[0]?.args[1]).toBe(7)
})

test('closing is refused while jobs are at work, before any report is made', async () => {
  const talk = startTalk({ jobs: [fakeJobView()] })
  expect(cardOf(await talk.says('alice', 'close')).headline).toContain('#7 still has restore-1 at work')
  expect(talk.moves()).toEqual(['recordRefusal'])
})

test('closing posts the report into the thread, then closes', async () => {
  const talk = startTalk({ incidents: [fakeIncident({ state: 'recovered' })] })
  const answer = await talk.says('alice', 'close')
  expect(answer).toMatchObject({ kind: 'thread', file: { name: 'incident-7.md' } })
  expect(talk.moves()).toEqual(['recordReport', 'closeIncident'])
})

test('closing what nobody has looked at says what that is, not that nothing is known', async () => {
  const asked = cardOf(await startTalk().says('alice', 'close')).headline
  expect(asked).toContain('what orders-db holds')
  expect(asked).not.toContain('nothing known')
})

test('a failure that a later job answered is looked at by nobody', async () => {
  const failed = fakeJobView({ state: 'failed', finishedAt: '2026-02-28T18:01:00.000Z' })
  const later = fakeJobView({ id: 'restore-2', state: 'succeeded', finishedAt: '2026-02-28T18:04:00.000Z' })
  const status = async (jobs: readonly (typeof failed)[]) =>
    JSON.stringify(cardOf(await startTalk({ jobs }).says('alice', 'status')))
  expect(await status([failed])).toContain('to look at restore-1')
  expect(await status([failed, later])).not.toContain('to look at')
})

test('one that is not recovered is closed only with a reason, which is in the report', async () => {
  const left = [leftBehind('side_database', { name: 'orders_side_2' })]
  const talk = startTalk({ jobs: [fakeJobView({ id: 'undo-3', state: 'failed', leftBehind: left })] })
  const asked = JSON.stringify(await talk.says('alice', 'close'))
  expect(asked).toContain('undo-3 failed')
  expect(asked).toContain('orders_side_2')
  expect(talk.moves()).toEqual(['recordRefusal'])
  const answer = await talk.says('alice', 'close --reason the vendor takes over')
  expect(answer).toMatchObject({ card: { headline: expect.stringContaining('not recovered, closed') } })
  expect(JSON.stringify(answer)).toContain('the vendor takes over')
  const [, , reason] = talk.engine.calls.findLast(({ move }) => move === 'closeIncident')?.args.slice() ?? []
  expect(reason).toBe('the vendor takes over')
})

test('of one that is recovered nobody says that it is not: a reason is refused before any report is made', async () => {
  const talk = startTalk({ incidents: [fakeIncident({ state: 'recovered' })] })
  expect(cardOf(await talk.says('alice', 'close --reason all is well')).headline).toContain('#7 is recovered')
  expect(talk.moves()).toEqual(['recordRefusal'])
})

test('the backups of every folder that the plan names are listed, with what a plain restore would take', async () => {
  const seen: string[] = []
  const pg_dump = {
    list: async ({ folder }: DumpPlace) => {
      seen.push(folder)
      return [fakePoint('d-0130', '2026-02-28T16:30:00.000Z'), fakePoint('d-0225', '2026-02-28T17:25:00.000Z')]
    },
  }
  const databases = { lookUp: async () => standingOrders }
  const tools = { backups: { pg_dump }, databases } as unknown as Tools
  const card = cardOf(await startTalk({ tools }).says('carol', 'backups'))
  expect(seen).toEqual(['/plan/backups/orders'])
  expect(card.headline).toBe('Backups of orders-db')
  expect(card.fallback).toContain('takes d-0130')
})

test('a process that may not touch targets says where the backups can be seen', async () => {
  expect(cardOf(await startTalk().says('alice', 'backups')).headline).toContain('salvor backups orders-db')
})
