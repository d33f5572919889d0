import { expect, test } from 'vitest'
import type { Job } from '../../src/domain/job.ts'
import { leftBehind } from '../../src/domain/left-behind.ts'
import { findOvertaken, type KindsTell } from '../../src/domain/overtaken.ts'
import { fakeJob } from '../support/fakes/views.ts'

const place = 'database:orders-db'
/** Minutes of one hour, as times. */
const at = (minute: number) => `2026-02-28T18:${String(minute).padStart(2, '0')}:00.000Z`
const kinds: KindsTell = {
  looksAt: ({ kind }) => (kind === 'verify' ? place : undefined),
  takesBack: ({ kind, params }) => (kind === 'undo' ? String(params.job) : undefined),
  standing: ({ job }) =>
    job.kind === 'verify' || job.kind === 'fix' ? null : { on: job.lockTarget ?? '', since: job.finishedAt ?? '' },
}

const verify = (id: string, minute: number, of: Partial<Job> = {}): Job =>
  fakeJob({ id, kind: 'verify', state: 'failed', lockTarget: null, finishedAt: at(minute), ...of })
const restore = (id: string, minute: number, of: Partial<Job> = {}): Job =>
  fakeJob({ id, state: 'succeeded', finishedAt: at(minute), ...of })
const undo = (id: string, job: string, minute: number): Job =>
  restore(id, minute, { kind: 'undo', params: { job, system: 'orders-db' } })

/** What was found, and who answered it: `verify-1 restore-1`. */
const cases: readonly [about: string, jobs: readonly Job[], answered: readonly string[]][] = [
  ['what was compared before a restore', [verify('verify-1', 1), restore('restore-1', 5)], ['verify-1 restore-1']],
  ['what was compared after it', [restore('restore-1', 5), verify('verify-1', 6)], []],
  ['the last of two', [verify('v', 1), restore('r1', 5), restore('r2', 9)], ['v r2']],
  ['another database', [verify('v', 1), restore('r', 5, { lockTarget: 'database:stock-db' })], []],
  ['a restore that failed', [verify('v', 1), restore('r', 5, { state: 'failed' })], []],
  ['a restore that was taken back', [verify('v', 1), restore('r', 5), undo('u', 'r', 8)], []],
  [
    'a restore that stands again, and what was found while it did not',
    [verify('v1', 1), restore('r', 5), undo('u1', 'r', 8), verify('v2', 9), undo('u2', 'u1', 12)],
    ['v1 r', 'v2 r'],
  ],
  [
    'a restore that stands again, and what was found in it itself',
    [restore('r', 1), verify('v', 2), undo('u1', 'r', 3), undo('u2', 'u1', 4)],
    [],
  ],
  [
    'a restore that stands again below another, in which it was found',
    [restore('r', 1), verify('v', 2), restore('r2', 3), undo('u', 'r2', 4)],
    [],
  ],
  [
    'two restores that stand again, and what was found in the upper one',
    [
      ...[restore('r', 1), restore('r2', 2), verify('v', 3), undo('u2', 'r2', 4), undo('u', 'r', 5)],
      ...[undo('w', 'u', 6), undo('w2', 'u2', 7)],
    ],
    [],
  ],
  ['a restore that another one did in its place', [restore('r1', 2, { state: 'failed' }), restore('r2', 5)], ['r1 r2']],
  [
    'what it left behind',
    [
      restore('r1', 2, { state: 'failed', leftBehind: [leftBehind('side_database', { name: 's' })] }),
      restore('r2', 5, { params: { system: 'orders-db', backup: 'd' } }),
    ],
    [],
  ],
  [
    'the same again, which went well',
    [verify('v1', 1), verify('v2', 2, { state: 'succeeded' }), verify('v3', 3, { params: { system: 'stock-db' } })],
    ['v1 v2'],
  ],
  [
    'the same again, of what was put there and taken back since',
    [verify('v1', 1), restore('r', 2), verify('v2', 3, { state: 'succeeded' }), undo('u', 'r', 4)],
    [],
  ],
  [
    'the same again, of what stands again',
    [verify('v1', 1), verify('v2', 2, { state: 'succeeded' }), restore('r', 3), undo('u', 'r', 4)],
    ['v1 v2'],
  ],
  [
    'another remedy of the same database',
    [
      restore('f1', 1, { kind: 'fix', state: 'failed', params: { system: 'orders-db', remedy: 'a' } }),
      restore('f2', 2, { kind: 'fix', params: { system: 'orders-db', remedy: 'b' } }),
      restore('r1', 5),
    ],
    [],
  ],
]

test.each(cases)('a failure is answered, or not, by %s', (_about, jobs, answered) => {
  const views = jobs.map((job) => ({ job, steps: [], approvals: [], accepted: [], asks: [] }))
  expect([...findOvertaken(views, kinds)].map((pair) => pair.join(' '))).toEqual(answered)
})
