import { expect, it } from 'vitest'
import { writeClock, writeLength } from '../../../../sandbox/page/panels/write-times.ts'

it.each([
  [-5, '0 s'],
  [400, '0 s'],
  [59_400, '59 s'],
  [59_600, '1 min 00 s'],
  [363_000, '6 min 03 s'],
  [3_600_000, '1 h 0 min'],
  [4_320_000, '1 h 12 min'],
])('%i ms are %s', (ms, words) => {
  expect(writeLength(ms)).toBe(words)
})

it('a time of day has 24 hours and seconds, wherever it is read', () => {
  const at = new Date(2026, 0, 2, 15, 4, 5).getTime()
  expect(writeClock(at)).toBe('15:04:05')
})
