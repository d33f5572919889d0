import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readShortCode, shortCode, shortCodeShape } from '../../src/domain/digest.ts'

const digests = fc.stringMatching(/^[0-9a-f]{64}$/)

test('a code is the first thirty bits of the digest, in an alphabet without look-alikes', () => {
  expect(shortCode('0'.repeat(64))).toBe('000000')
  expect(shortCode('f'.repeat(64))).toBe('ZZZZZZ')
  fc.assert(
    fc.property(digests, (digest) => {
      const code = shortCode(digest)
      expect(code).toMatch(shortCodeShape)
      const bits = [...code].reduce((sum, one) => sum * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(one), 0)
      expect(bits).toBe(Math.floor(Number.parseInt(digest.slice(0, 8), 16) / 4))
    }),
  )
})

test('a code is read however people write it', () => {
  fc.assert(
    fc.property(digests, fc.constantFrom('i', 'l', 'I', 'L'), fc.constantFrom('o', 'O'), (digest, one, zero) => {
      const code = shortCode(digest)
      const typed = code.toLowerCase().replaceAll('1', one).replaceAll('0', zero)
      expect(readShortCode(typed)).toBe(code)
    }),
  )
})

test.each(['4f1c', '9WE4TU', '9WE4T', '9WE4TFF', '9WE-TF', '９WE4TF'])('«%s» is no code', (typed) => {
  expect(readShortCode(typed)).not.toMatch(shortCodeShape)
})
