import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPermalink, readPlace, writePlace } from '../../../../sandbox/page/store/read-place.ts'

test('an address names the place that it was written from', () => {
  const part = fc.string({ unit: 'grapheme' })
  fc.assert(
    fc.property(fc.record({ person: part, channel: part, thread: part }), (place) => {
      expect(readPlace(writePlace(place))).toEqual(place)
    }),
  )
})

test('broken addresses name no place', () => {
  expect(readPlace('')).toEqual({ person: '', channel: '', thread: '' })
  expect(readPlace('#%E0%A4%A/C0INC')).toEqual({ person: '', channel: 'C0INC', thread: '' })
})

test('a permalink names its channel and its thread', () => {
  const base = 'http://127.0.0.1:3030/archives/C0INC'
  expect(readPermalink(base)).toEqual({ channel: 'C0INC', thread: '' })
  expect(readPermalink(`${base}/p1700000000123456`)).toEqual({ channel: 'C0INC', thread: '1700000000.123456' })
  expect(readPermalink(`${base}/p1700000000123456?thread_ts=1600000000.000001`)?.thread).toBe('1600000000.000001')
  expect(readPermalink('http://127.0.0.1:3030/page/files/F1')).toBeUndefined()
})
