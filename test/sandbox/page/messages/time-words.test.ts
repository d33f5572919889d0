import { expect, test } from 'vitest'
import { nameDay, tellAge, writeSize } from '../../../../sandbox/page/messages/time-words.ts'

const at = (text: string) => new Date(text).getTime()
const now = at('2026-03-04T12:00:00')

test.each([
  ['2026-03-04T00:00:01', 'Today'],
  ['2026-03-03T23:59:59', 'Yesterday'],
  ['2026-03-02T12:00:00', 'Monday 2 March'],
  ['2025-12-31T12:00:00', 'Wednesday 31 December 2025'],
])('the day of %s is called %s', (time, day) => {
  expect(nameDay(at(time), now).replaceAll(',', '')).toBe(day)
})

test.each([
  ['2026-03-04T11:59:30', 'just now'],
  ['2026-03-04T11:59:00', '1 minute ago'],
  ['2026-03-04T11:01:00', '59 minutes ago'],
  ['2026-03-04T11:00:00', '1 hour ago'],
  ['2026-03-03T11:00:00', 'yesterday'],
  ['2026-03-02T11:00:00', 'on Monday 2 March'],
  ['2026-03-04T12:00:10', 'just now'],
])('%s was %s', (time, age) => {
  expect(tellAge(at(time), now).replaceAll(',', '')).toBe(age)
})

test('sizes are told in the unit that fits', () => {
  expect([0, 999, 1000, 14_400, 2_340_000].map(writeSize)).toEqual(['0 B', '999 B', '1 kB', '14 kB', '2.3 MB'])
})
