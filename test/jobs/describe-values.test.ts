import { expect, test } from 'vitest'
import { isLong, writeValue, writeValues } from '../../jobs/describe-values.ts'

const columns = 'id integer, customer integer, placed timestamp with time zone, total numeric(12,2), signature '

test.each([
  ['numbers are written as people read them', 43750, 20765, ' (expected 43,750, found 20,765)'],
  ['a fraction stays one', 0.5, null, ' (expected 0.5, found nothing)'],
  ['short texts stay whole', 'a, b', 'a, c', ' (expected a, b, found a, c)'],
])('%s', (_about, expected, found, text) => {
  expect(writeValues(expected, found)).toBe(text)
})

test('long texts are shown where they begin to differ, both from the same place', () => {
  const text = writeValues(`${columns}text NOT NULL`, `${columns}bytea`)
  expect(text).toContain('signature text NOT NULL')
  expect(text).toContain('signature bytea')
  expect(text.match(/…/g)).toHaveLength(2)
  expect(isLong(columns)).toBe(true)
})

test('what differs early is shown from the beginning, and cut at its end', () => {
  expect(writeValues(`a${columns}`, `b${columns}`)).toBe(
    ` (expected ${`a${columns}`.slice(0, 60)}…, found ${`b${columns}`.slice(0, 60)}…)`,
  )
  expect(writeValue('x'.repeat(61))).toBe(`${'x'.repeat(60)}…`)
})

test('no half of a character is shown', () => {
  const letters = '🙂'.repeat(60)
  expect(writeValues(`${letters}a`, `${letters}b`).isWellFormed()).toBe(true)
  expect(writeValue(`a${letters}`).isWellFormed()).toBe(true)
})
