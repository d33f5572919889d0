import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTime, type TimeLean } from '../../../src/engine/say/read-time.ts'
import { findInstant, readWall, writeTimeEcho } from '../../../src/engine/say/zone-time.ts'

const seoul = 'Asia/Seoul'
const berlin = 'Europe/Berlin'
// 02:58 on 1 March in Seoul.
const night = new Date('2026-02-28T17:58:00Z')

const table: [said: string, zone: string, lean: TimeLean, meant: string][] = [
  ['02:10', seoul, 'past', '2026-02-28T17:10:00.000Z'],
  ['23:40', seoul, 'past', '2026-02-28T14:40:00.000Z'],
  ['06:00', seoul, 'past', '2026-02-27T21:00:00.000Z'],
  ['06:00', seoul, 'ahead', '2026-02-28T21:00:00.000Z'],
  ['02:10', seoul, 'ahead', '2026-03-01T17:10:00.000Z'],
  ['02:58', seoul, 'past', '2026-02-28T17:58:00.000Z'],
  ['yesterday 23:40', seoul, 'past', '2026-02-28T14:40:00.000Z'],
  ['Yesterday 23:40', seoul, 'ahead', '2026-02-28T14:40:00.000Z'],
  ['23:40 yesterday', seoul, 'past', '2026-02-28T14:40:00.000Z'],
  ['tomorrow 9:00', seoul, 'ahead', '2026-03-02T00:00:00.000Z'],
  ['2026-03-01 02:10', seoul, 'past', '2026-02-28T17:10:00.000Z'],
  ['2026-03-01T02:10Z', seoul, 'ahead', '2026-03-01T02:10:00.000Z'],
  ['2026-03-01T02:10:30+05:30', seoul, 'ahead', '2026-02-28T20:40:30.000Z'],
  ['2026-03-01 02:10 utc', seoul, 'ahead', '2026-03-01T02:10:00.000Z'],
  ['02:10Z', seoul, 'past', '2026-02-28T02:10:00.000Z'],
  ['now', seoul, 'past', '2026-02-28T17:58:00.000Z'],
  ['2026-07-01 02:10', berlin, 'ahead', '2026-07-01T00:10:00.000Z'],
  ['어제 02:10', seoul, 'past', '2026-02-27T17:10:00.000Z'],
  ['오전 2:10', seoul, 'past', '2026-02-28T17:10:00.000Z'],
  ['오후 11시 40분', seoul, 'past', '2026-02-28T14:40:00.000Z'],
  ['어제 밤 11시 반에', seoul, 'past', '2026-02-28T14:30:00.000Z'],
  ['새벽 2시', seoul, 'past', '2026-02-28T17:00:00.000Z'],
  ['2시', seoul, 'past', '2026-02-28T17:00:00.000Z'],
  ['자정', seoul, 'past', '2026-02-28T15:00:00.000Z'],
  ['2:10 am', seoul, 'past', '2026-02-28T17:10:00.000Z'],
  ['2:10AM', seoul, 'past', '2026-02-28T17:10:00.000Z'],
  ['yesterday at 11 p.m.', seoul, 'past', '2026-02-28T14:00:00.000Z'],
  ['12am', seoul, 'past', '2026-02-28T15:00:00.000Z'],
  ['12:30 pm', seoul, 'past', '2026-02-28T03:30:00.000Z'],
  ['02:10 KST', 'UTC', 'past', '2026-02-28T17:10:00.000Z'],
  ['2026-03-01 02:10 kst', berlin, 'past', '2026-02-28T17:10:00.000Z'],
  ['2026.03.01 02:10', seoul, 'past', '2026-02-28T17:10:00.000Z'],
  ['2026. 3. 1. 오전 2:10', seoul, 'past', '2026-02-28T17:10:00.000Z'],
  ['2026년 3월 1일 2시 10분', seoul, 'past', '2026-02-28T17:10:00.000Z'],
  ['2월 28일 23:40', seoul, 'past', '2026-02-28T14:40:00.000Z'],
  ['28 Feb 23:40', seoul, 'past', '2026-02-28T14:40:00.000Z'],
  ['Feb 28, 2026 11:40 pm', seoul, 'past', '2026-02-28T14:40:00.000Z'],
  ['31 Dec 23:40', seoul, 'past', '2025-12-31T14:40:00.000Z'],
  ['2026/03/01 02:10', seoul, 'past', '2026-02-28T17:10:00.000Z'],
  ['30m ago', seoul, 'past', '2026-02-28T17:28:00.000Z'],
  ['1 hour 30 minutes ago', seoul, 'past', '2026-02-28T16:28:00.000Z'],
  ['30분 전', seoul, 'past', '2026-02-28T17:28:00.000Z'],
  ['1시간 30분 전', seoul, 'past', '2026-02-28T16:28:00.000Z'],
  ['in 2h', seoul, 'ahead', '2026-02-28T19:58:00.000Z'],
  ['2시간 뒤', seoul, 'ahead', '2026-02-28T19:58:00.000Z'],
  ['지금', seoul, 'past', '2026-02-28T17:58:00.000Z'],
  ['2026-01-01 02:10', berlin, 'past', '2026-01-01T01:10:00.000Z'],
]

test.each(table)('%s in %s leaning %s means %s', (said, zone, lean, meant) => {
  expect(readTime(said, zone, night, lean)).toBe(meant)
})

/** The code of what is thrown, for times that nobody can place. */
function refusalOf(said: string, zone: string, now: string, lean: TimeLean = 'past'): string {
  try {
    return readTime(said, zone, new Date(now), lean)
  } catch (error) {
    return (error as { code: string }).code
  }
}

test.each([
  ['2026-10-25 02:30', berlin, '2026-11-01T12:00:00Z', 'time_twice'],
  ['02:30', berlin, '2026-10-25T02:00:00Z', 'time_twice'],
  ['today 01:30', 'America/New_York', '2026-11-01T12:00:00Z', 'time_twice'],
  ['01:45', 'Australia/Lord_Howe', '2026-04-04T20:00:00Z', 'time_twice'],
  ['2026-03-29 02:30', berlin, '2026-04-01T12:00:00Z', 'time_never'],
  ['02:30', berlin, '2026-03-29T01:30:00Z', 'time_never'],
  ['오늘 오전 2:30', berlin, '2026-03-29T09:00:00Z', 'time_never'],
  ['yesterday 02:30', 'America/New_York', '2026-03-09T12:00:00Z', 'time_never'],
  ['02:30+02:00', berlin, '2026-10-25T02:00:00Z', '2026-10-25T00:30:00.000Z'],
  ['02:30 CET', berlin, '2026-10-25T02:00:00Z', '2026-10-25T01:30:00.000Z'],
])('where clocks are set nothing is guessed: %s in %s at %s is %s', (said, zone, now, expected) => {
  expect(refusalOf(said, zone, now)).toBe(expected)
})

test.each(['tomorrow 02:10', '내일 2시', '2027-01-01 00:00', 'in 5m', '03:10 tomorrow', '2026-03-01T02:10Z'])(
  'a beginning that has not been yet is refused: %s',
  (said) => expect(refusalOf(said, seoul, '2026-02-28T17:58:00Z')).toBe('time_ahead'),
)

test.each([
  '',
  'soon',
  '25:00',
  '02:60',
  '2026-02-30 02:10',
  '2026-13-01 02:10',
  '0210',
  '14:10 am',
  '02:10 CST',
  '02:10 IST',
  '어제',
  '2월 30일 2시',
  '30 ago',
  'in 5m ago',
  '0:00 pm',
])('"%s" is no time', (said) => {
  expect(() => readTime(said, seoul, night, 'past')).toThrow(expect.objectContaining({ code: 'time_unreadable' }))
})

test('the echo names date, zone and UTC', () => {
  expect(writeTimeEcho('2026-02-28T17:10:00.000Z', seoul)).toBe('1 Mar 2026 02:10 Asia/Seoul (28 Feb 2026 17:10 UTC)')
  expect(writeTimeEcho('2026-02-28T17:10:00.000Z', 'UTC')).toBe('28 Feb 2026 17:10 UTC')
})

test('every instant is found again from the wall clock, or its earlier twin where the clock is set back', () => {
  const zones = fc.constantFrom(seoul, berlin, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC')
  const seconds = fc.integer({ min: Date.UTC(2000, 0) / 1000, max: Date.UTC(2035, 0) / 1000 })
  fc.assert(
    fc.property(zones, seconds, (zone, second) => {
      const at = second * 1000
      const found = findInstant(readWall(at, zone), zone) ?? Number.NaN
      expect([0, 1_800_000, 3_600_000]).toContain(at - found)
      expect(readWall(found, zone)).toEqual(readWall(at, zone))
    }),
    { numRuns: 300 },
  )
})
