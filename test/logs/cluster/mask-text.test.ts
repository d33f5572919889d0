import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskText } from '../../../src/logs/cluster/mask-text.ts'

const mask = (text: string) => maskText(text).join(' ')

describe('a masked message', () => {
  it.each([
    ['connection from 10.0.0.7:5433 refused', 'connection from <*> refused'],
    [
      'duplicate key value violates unique constraint "orders_pkey"',
      'duplicate key value violates unique constraint <*>',
    ],
    ['batch 17/40 took 1.3 s, 1,165 bytes (1.13 KB) written', 'batch <*> took <*> written'],
    ['cannot open /var/lib/app/data.bin: No such file', 'cannot open <*>: No such file'],
    ['job 3f2504e0-4f89-11d3-9a0c-0305e82c3301 failed', 'job <*> failed'],
    ['retrying https://db.example.com/health?x=1 in 30s', 'retrying <*> in <*>'],
    ['FATAL: role of user alice is missing', 'FATAL: role of user <*> is missing'],
    ['flags=0x1f, tag=lock', 'flags=<*>, tag=<*>'],
    ['at Fri Jun 17 20:55:06 2005 and 2026-11-02T03:04:05.678+09:00', 'at <*> and <*>'],
    ['blocks blk_-1608999687919862906, blk_7503483334202473044', 'blocks <*>'],
    ['"GET /api/orders/7 HTTP/1.1" 500', 'GET <*>'],
    ['resolving db7.prod.example.com failed', 'resolving <*> failed'],
  ])('of %j is %j', (text, wanted) => {
    expect(mask(text)).toBe(wanted)
  })

  it('keeps words, so that two kinds stay two kinds', () => {
    expect(mask('value too long')).toBe('value too long')
    expect(mask('user unknown')).not.toBe(mask('password unknown'))
  })

  it('is the same for the same message with other numbers', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        expect(mask(`row ${one} of batch ${one}: skipped`)).toBe(mask(`row ${other} of batch ${other}: skipped`))
      }),
    )
  })

  it('comes of any text whatever', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 4_000 }), fc.string()), (text) => {
        expect(maskText(text).every((word) => word.length > 0)).toBe(true)
      }),
    )
  })

  it.each(['a.', '1,', '/a', '"', 'a=', '<*> ', "'", 'user ', '1:', '0', 'Jan 1 '])(
    'costs no more for a megabyte of %j than for its first part',
    (piece) => {
      const long = piece.repeat(1_000_000 / piece.length)
      expect(maskText(long)).toEqual(maskText(long.slice(0, 2_000)))
    },
  )
})
