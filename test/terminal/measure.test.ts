import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { breakLines, measure, wrap } from '../../src/terminal/measure.ts'

describe('the width of a text', () => {
  test.each([
    ['orders', 6],
    ['주문', 4],
    ['注文 3', 6],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍💻', 2],
    ['✅ done', 7],
    ['⚠\ufe0f', 2],
    ['⚠', 1],
    ['\u200b', 0],
    ['', 0],
  ])('of «%s» is %i cells', (text, cells) => {
    expect(measure(text)).toBe(cells)
  })
})

describe('wrapping', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '주', '👩‍💻', 'e\u0301', '-'), maxLength: 80 })

  test('keeps every character in order, and every line within the width', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (words, width) => {
        const lines = wrap(words, width)
        expect(lines.filter((line) => measure(line) > width)).toEqual([])
        expect(lines.join('').replace(/ /g, '')).toBe(words.replace(/[ \n]/g, '').normalize())
        expect(lines.filter((line) => /^\u0301/.test(line))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('breaks between words, and within a word only where it is longer than a line', () => {
    expect(wrap('restore the orders', 8)).toEqual(['restore', 'the', 'orders'])
    expect(wrap('orders_db_side_1 is there', 8)).toEqual(['orders_d', 'b_side_1', 'is there'])
  })

  test('of commands keeps every character as it is', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (words, width) => {
        const lines = breakLines(words, width)
        expect(lines.filter((line) => measure(line) > width)).toEqual([])
        expect(lines.join('')).toBe(words.replace(/\n/g, ''))
      }),
      { numRuns: 300 },
    )
  })

  test('of commands keeps every space', () => {
    expect(breakLines('  pg_restore  --jobs=2\nnext', 10)).toEqual(['  pg_resto', 're  --jobs', '=2', 'next'])
  })
})
