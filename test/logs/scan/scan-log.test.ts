import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineCap } from '../../../src/logs/lines/cut-line.ts'
import { scanLog } from '../../../src/logs/scan/scan-log.ts'

interface Seen {
  readonly raw: string
  readonly number: number
  readonly isTelling: boolean
  readonly before: readonly string[]
}

function scan(chunks: readonly Buffer[], wantsAll = false): { seen: Seen[]; lines: number } {
  const seen: Seen[] = []
  const log = scanLog({
    wantsAll: () => wantsAll,
    onLine: (raw, number, isTelling, before) =>
      void seen.push({ raw, number, isTelling, before: before.find().map((line) => `${line.number} ${line.raw}`) }),
  })
  for (const chunk of chunks) log.push(chunk)
  log.end()
  return { seen, lines: log.countLines() }
}

const scanText = (text: string, wantsAll = false) => scan([Buffer.from(text, 'utf8')], wantsAll)

test('only telling lines are given out, with the lines before them', () => {
  const { seen, lines } = scanText('one\ntwo\nthree\nfour\nfive\nan error\nsix\n')
  expect(seen).toEqual([
    { raw: 'an error', number: 6, isTelling: true, before: ['2 two', '3 three', '4 four', '5 five'] },
  ])
  expect(lines).toBe(7)
})

test('a last line without a newline counts', () => {
  expect(scanText('one\nit failed').seen.map(({ number }) => number)).toEqual([2])
})

test('a progress bar rewritten by carriage returns leaves the error readable', () => {
  const { seen } = scanText('10%\r20%\r30%\rERROR: disk full\nnext\n')
  expect(seen.map(({ raw, number }) => [raw, number])).toContainEqual(['ERROR: disk full', 1])
})

test('lines that end in CRLF end where the text ends', () => {
  const { seen } = scanText('fine\r\nERROR: one\r\nfine\r\n')
  expect(seen).toEqual([{ raw: 'ERROR: one', number: 2, isTelling: true, before: ['1 fine'] }])
})

test('NUL bytes of a sparse file and of UTF-16 are dropped', () => {
  const sparse = Buffer.concat([Buffer.alloc(3_000_000), Buffer.from('ERROR: after the hole\n')])
  expect(scan([sparse]).seen.map(({ raw }) => raw)).toEqual(['ERROR: after the hole'])
  expect(scan([Buffer.from('ERROR: wide\n', 'utf16le')]).seen.map(({ raw }) => raw)).toEqual(['ERROR: wide'])
})

test('only NUL bytes are dropped, wherever their runs begin and end', () => {
  for (const run of [1, 2, 3, 4_095, 4_096, 4_097, 8_191, 8_192, 20_000]) {
    const bytes = Buffer.concat([
      Buffer.from('a'),
      Buffer.alloc(run),
      Buffer.from('b ERROR'),
      Buffer.alloc(run),
      Buffer.from('\u0001c'),
    ])
    expect(scan([bytes]).seen.map(({ raw }) => raw)).toEqual(['ab ERROR\u0001c'])
  }
})

test('of a huge line head and tail are kept, however it is cut', () => {
  const line = Buffer.concat([
    Buffer.from('ERROR head '),
    Buffer.alloc(5_000_000, 'x'),
    Buffer.from(' tail\nnext error\n'),
  ])
  for (const size of [line.length, 1 << 20, 77_777]) {
    const chunks = Array.from({ length: Math.ceil(line.length / size) }, (_, at) =>
      line.subarray(at * size, (at + 1) * size),
    )
    const { seen } = scan(chunks)
    expect(seen.map(({ number }) => number)).toEqual([1, 2])
    expect(seen[0]?.raw.startsWith('ERROR head xxx')).toBe(true)
    expect(seen[0]?.raw.endsWith('xxx tail')).toBe(true)
    expect(seen[0]?.raw.length).toBeLessThan(lineCap + 100)
  }
})

test('lines are the same wherever the chunks are cut', () => {
  const line = fc.oneof(
    fc.constantFrom('error', 'ok', '', 'a failed b', 'x\ry error', 'é error ö'),
    fc.string({ maxLength: 20 }),
  )
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 20 }),
      fc.array(fc.nat(200), { maxLength: 10 }),
      fc.boolean(),
      (lines, cuts, wantsAll) => {
        const bytes = Buffer.from(lines.join('\n'), 'utf8')
        const edges = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
        const chunks = edges.slice(1).map((to, at) => bytes.subarray(edges[at], to))
        const whole = scan([bytes], wantsAll)
        expect(scan(chunks, wantsAll)).toEqual(whole)
      },
    ),
    { numRuns: 300 },
  )
})

test('all lines are given out while they are wanted', () => {
  const { seen } = scanText('one\ntwo error\n\nthree\n', true)
  expect(seen.map(({ raw, number, isTelling }) => [raw, number, isTelling])).toEqual([
    ['one', 1, false],
    ['two error', 2, true],
    ['', 3, false],
    ['three', 4, false],
  ])
})
