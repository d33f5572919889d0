import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor([])

/**
 * How tools print data: `#n` a name, `#m` a mail address, `#t` a text, `#d` figures, `#p` a phone number, `#k` a Korean
 * name, `#s` a secret. What stands behind it must stay.
 */
const formats = readFileSync(join(import.meta.dirname, 'formats.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as [tool: string, printed: string, kept: string[]])

const letter = (from: string) => fc.constantFrom(...from)
const small = fc.string({ unit: letter('bcdfgklmprstvz'), minLength: 2, maxLength: 4 })
/** Words that no message holds. */
const word = fc.tuple(letter('BDGKMRTVZ'), small, letter('aeiouy'), small).map(([a, b, c, d]) => `${a}${b}${c}x${d}q`)
const values: { readonly [mark: string]: fc.Arbitrary<string> } = {
  n: fc.tuple(word, word).map((two) => two.join(' ')),
  w: word,
  m: fc.tuple(word, word).map(([a, b]) => `${a.toLowerCase()}@${b.toLowerCase()}.example`),
  t: fc.tuple(word, fc.integer({ min: 10, max: 99 }), word).map(([a, b, c]) => `${a} ${b} ${c}`),
  u: fc.tuple(word, word).map((two) => two.join('+')),
  d: fc.integer({ min: 310_000_001, max: 399_999_999 }).map(String),
  p: fc.integer({ min: 1000, max: 9999 }).map((last) => `010-${last}-${last + 1 > 9999 ? 1234 : last + 1}`),
  k: fc.string({ unit: letter('갈궁듬롤뭅벌숲얌쥬촘킁텝펄흄'), minLength: 3, maxLength: 4 }),
  s: fc.tuple(word, fc.integer({ min: 1000, max: 9999 }), word).map(([a, b, c]) => `${a}_${b}!${c}`),
}

test.each(formats)('%s: data goes, and what it stands in stays', (tool, printed, kept) => {
  const marks = printed.split(/(#[nwmtudpks](?![\w#{<.]))/)
  const filled = fc
    .tuple(
      ...marks.map((part) =>
        /^#[nwmtudpks]$/.test(part) ? (values[part.slice(1)] as fc.Arbitrary<string>) : fc.constant(part),
      ),
    )
    // What is told again is the same value.
    .map((parts) =>
      tool.includes('told again') ? parts.map((_, index) => parts[marks.indexOf(marks[index] ?? '')] ?? '') : parts,
    )
  fc.assert(
    fc.property(filled, (parts) => {
      const shown = redact(parts.join(''))
      parts.forEach((part, index) => {
        if (/^#[nwmtudpks]$/.test(marks[index] ?? '')) expect(shown, parts.join('')).not.toContain(part)
      })
      for (const name of kept) expect(shown).toContain(name)
      expect(redact(shown)).toBe(shown)
    }),
    { numRuns: 12 },
  )
})
