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
  ['tomorrow 9:00', seoul, 'past', '2026-03-02T00:00:00.000Z'],
  ['2026-03-01 02:10', seoul, 'past', '2026-02-28T17:10:00.000Z'],
  ['2026-03-01T02:10Z', seoul, 'past', '2026-03-01T02:10:00.000Z'],
  ['2026-03-01T02:10:30+05:30', seoul, 'past', '2026-02-28T20:40:30.000Z'],
  ['2026-03-01 02:10 utc', seoul, 'past', '2026-03-01T02:10:00.000Z'],
  ['02:10Z', seoul, 'past', '2026-02-28T02:10:00.000Z'],
  ['now', seoul, 'past', '2026-02-28T17:58:00.000Z'],
  ['2026-07-01 02:10', berlin, 'past', '2026-07-01T00:10:00.000Z'],
  ['2026-01-01 02:10', berlin, 'past', '2026-01-01T01:10:00.000Z'],
]

test.each(table)('%s in %s leaning %s means %s', (said, zone, lean, meant) => {
  expect(readTime(said, zone, night, lean)).toBe(meant)
})

test('a wall time that the clock shows twice means the earlier one', () => {
  expect(readTime('2026-10-25 02:30', berlin, night, 'past')).toBe('2026-10-25T00:30:00.000Z')
})

test('a wall time that the clock skips is refused and says why', () => {
  expect(() => readTime('2026-03-29 02:30', berlin, night, 'past')).toThrow('no clock in Europe/Berlin shows')
})

test.each(['', 'soon', '25:00', '02:60', '2026-02-30 02:10', '2026-13-01 02:10', '02:10 KST', '0210'])(
  '"%s" is no time',
  (said) => {
    expect(() => readTime(said, seoul, night, 'past')).toThrow(expect.objectContaining({ code: 'time_unreadable' }))
  },
)

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
