import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidates, createCandidateSearch } from '../../../src/logs/scan/candidate-search.ts'
import { tellingWords } from '../../../src/logs/scan/telling-words.ts'

const search = createCandidateSearch(tellingWords, 4_000)

function findLines(text: string): { lines: number; places: number[] } {
  const found: Candidates = { lines: 0, hasNul: false, count: 0, pairs: new Int32Array(0) }
  search(Buffer.from(text, 'latin1'), found)
  const places = Array.from({ length: found.count }, (_, at) => found.pairs[2 * at + 1] ?? -1)
  return { lines: found.lines, places }
}

test('every telling word is found, in either case, at any place', () => {
  for (const [index, word] of tellingWords.entries()) {
    const upper = word.replace(/[a-z]/g, (letter) => letter.toUpperCase())
    const filler = '.'.repeat(index % 37)
    expect(findLines(`.\n${filler}${word}\n${filler}${upper}\n.\n`)).toEqual({ lines: 4, places: [1, 2] })
  }
})

test('few lines in which all is well are taken for others', () => {
  const well =
    '2026-03-01 02:10:07.123 INFO  [worker-1] com.example.migrate.BatchWriter - batch 4711 of orders written\n'
  expect(findLines(well.repeat(30))).toEqual({ lines: 30, places: [] })
})

test('no line with a word is missed among any bytes', () => {
  const bytes = fc
    .uint8Array({ maxLength: 40 })
    .map((some) => Buffer.from(some).toString('latin1').replaceAll('\n', '.'))
  fc.assert(
    fc.property(
      fc.array(fc.tuple(bytes, fc.constantFrom('', '', ...tellingWords), bytes), { maxLength: 20 }),
      (lines) => {
        const { lines: count, places } = findLines(lines.map((parts) => `${parts.join('')}\n`).join(''))
        expect(count).toBe(lines.length)
        for (const [place, [, word]] of lines.entries()) if (word !== '') expect(places).toContain(place)
      },
    ),
    { numRuns: 300 },
  )
})
