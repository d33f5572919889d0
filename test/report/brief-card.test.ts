import { expect, test } from 'vitest'
import type { Incident } from '../../src/domain/incident.ts'
import type { Job } from '../../src/domain/job.ts'
import { fillIn } from '../../src/domain/message.ts'
import { markTime } from '../../src/domain/text.ts'
import { buildBriefCard } from '../../src/report/brief-card.ts'
import { briefWords } from '../../src/report/brief-words.ts'
import { fakeIncident, fakeJob } from '../support/fakes/views.ts'

const now = new Date('2026-02-28T19:00:00Z')
const [asOf, since] = ['2026-02-28T16:30:00.000Z', '2026-02-28T18:09:00.000Z']
const report = {
  ...{ summary: 'orders-db holds 01:30', proven: ['14 of 14 tables'], lost: ['212 orders'], left: [] },
  ...{ undo: true, recovers: true, back: { system: 'orders-db', asOf, since, whole: true } },
}
const restored = fakeJob({ state: 'succeeded', finishedAt: since, outcome: report })
const later = '2026-02-28T18:20:00.000Z'
const failed = fakeJob({ id: 'verify-1', kind: 'verify', state: 'failed', lockTarget: null, finishedAt: asOf })
const failedLater = { ...failed, finishedAt: later }
const read = fakeJob({ id: 'logs-1', kind: 'logs', state: 'succeeded', lockTarget: null, finishedAt: later })
const undone = fakeJob({ id: 'undo-1', kind: 'undo', state: 'succeeded', params: { job: 'restore-1' } })
const redone = { ...undone, id: 'undo-2', params: { job: 'undo-1' }, finishedAt: later }

/** The row «Now», line by line, the headline and what is lost. */
function tell(jobs: readonly Job[], overtaken: readonly string[] = [], incident: Partial<Incident> = {}) {
  const view = {
    incident: fakeIncident(incident),
    jobs: jobs.map((job) => ({ job, steps: [], approvals: [], accepted: [], asks: [] })),
  }
  const kinds = {
    takesBack: ({ kind, params }: Pick<Job, 'kind' | 'params'>) => (kind === 'undo' ? String(params.job) : undefined),
    overtaken: new Map(overtaken.map((id) => [id, 'restore-1'])),
  }
  const card = buildBriefCard(view, kinds, 'en', now)
  const facts = card.rows.flatMap((row) => (row.kind === 'fact' ? [[row.label, row.text] as const] : []))
  const { Now = '', Lost = '' } = Object.fromEntries(facts)
  return { headline: card.headline, now: Now.split('\n'), lost: Lost, fallback: card.fallback }
}

const words = briefWords.en
const back = (of: string, from = since) =>
  `${fillIn(words.now.back, { system: 'orders-db', asOf: markTime(asOf), since: markTime(from) })} ${of}`
const headline = (state: keyof typeof words.headline) => fillIn(words.headline[state], { title: fakeIncident().title })

test('a proven restore is told with since when and what was lost, whatever was found before it', () => {
  const told = tell([restored, failed], ['verify-1'])
  expect(told).toMatchObject({ headline: headline('back'), now: [back(words.now.whole), words.now.rest] })
  expect(told.lost).toBe('212 orders')
  expect(told.fallback).toContain(markTime(since))
})

test.each([
  { what: 'alone', jobs: [restored, failedLater], said: words.now.stuckLater },
  { what: 'with something that went well after it', jobs: [restored, failedLater, read], said: words.now.stuckLater },
  { what: 'unless it failed before and nothing answered it', jobs: [failed, restored, read], said: words.now.stuck },
])('what failed after it is told beside it: $what', ({ jobs, said }) => {
  expect(tell(jobs)).toMatchObject({ headline: headline('open'), now: [back(words.now.whole), said] })
})

test.each(['awaiting_approval', 'running'] as const)(
  'that it is being taken back is told while that is %s',
  (state) => {
    const undo = { ...undone, state, finishedAt: null, outcome: null }
    expect(tell([restored, undo]).now).toEqual([back(words.now.whole), words.now.undoing])
  },
)

test('before anything is back the last attempt tells where they are', () => {
  expect(tell([failed, read]).now).toEqual([words.now.looking])
})

test('without a restore a failure stays an attempt without an end', () => {
  expect(tell([failed])).toMatchObject({ headline: headline('open'), now: [words.now.stuck] })
})

test('what was not proven whole is not called so', () => {
  const job = { ...restored, outcome: { ...report, back: { ...report.back, whole: false } } }
  expect(tell([job]).now[0]).toBe(back(words.now.part))
})

test('a restore that was taken back brought nothing back, and lost nothing', () => {
  expect(tell([restored, undone])).toMatchObject({ now: [words.now.looking], lost: words.lossUnknown })
})

test('a restore that stands again is back since then', () => {
  expect(tell([restored, undone, redone]).now[0]).toBe(back(words.now.whole, later))
})

test('a recovered incident says what came back as well', () => {
  const told = tell([restored], [], { state: 'recovered', recoveredAt: since })
  expect(told.now).toEqual([back(words.now.whole), fillIn(words.now.recovered, { time: markTime(since) })])
})
