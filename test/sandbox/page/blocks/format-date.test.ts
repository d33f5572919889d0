import { expect, test } from 'vitest'
import { formatDate } from '../../../../sandbox/page/blocks/format-date.ts'

const now = new Date('2026-03-01T12:00:00Z')
const at = Date.parse('2026-03-01T03:09:00Z') / 1000
const write = (format: string, seconds = at, zone = 'UTC') => formatDate(seconds, format, now, zone)

test.each([
  ['{date_num}', 'UTC', '2026-03-01'],
  ['{date_short}', 'UTC', '1 Mar 2026'],
  ['{date_short} {time}', 'Asia/Seoul', '1 Mar 2026 12:09'],
  ['{date_num}', 'America/New_York', '2026-02-28'],
  ['{date_pretty} at {time}', 'UTC', 'today at 03:09'],
  ['{date_pretty}', 'America/New_York', 'yesterday'],
  ['{time} {nonsense}', 'UTC', '03:09 {nonsense}'],
])('%s in %s is %s', (format, zone, expected) => {
  expect(write(format, at, zone)).toBe(expected)
})

test('how long ago it is is said in the largest unit that fits', () => {
  expect([30, 300, 7200, 200_000].map((ago) => write('{ago}', now.getTime() / 1000 - ago))).toEqual([
    '30 seconds ago',
    '5 minutes ago',
    '2 hours ago',
    '2 days ago',
  ])
})

test('a format without a known word, or a time that is none, is left to the fallback', () => {
  expect([write('{nonsense}'), write('{time}', 1e15)]).toEqual([undefined, undefined])
})
