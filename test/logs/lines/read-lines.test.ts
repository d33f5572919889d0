import { expect, test } from 'vitest'
import { decodeLine } from '../../../src/logs/lines/decode-line.ts'
import { readLines } from '../../../src/logs/lines/read-lines.ts'
import type { LogPiece } from '../../../src/logs/reader/log-piece.ts'

async function collect(pieces: readonly LogPiece[]): Promise<string[]> {
  async function* give() {
    yield* pieces
  }
  const seen: string[] = []
  for await (const batch of readLines(give())) {
    if ('note' in batch) seen.push(`(${batch.note.kind})`)
    else seen.push(batch.lines.map(({ number, text }) => `${number} ${text}`).join(', '))
  }
  return seen
}

test('lines come as text, the unfinished last one when it ends, notes where they belong', async () => {
  const note = { note: { kind: 'rotated' as const, path: '/l/a.log', mayMissLines: false } }
  const bytes = Buffer.from('one\nzwölf\nthree\n')
  expect(
    await collect([{ bytes: bytes.subarray(0, 7) }, note, { bytes: bytes.subarray(7) }, { bytes: Buffer.from('end') }]),
  ).toEqual(['1 one', '(rotated)', '2 zwölf, 3 three', '4 end'])
})

const raw = (text: string) => Buffer.from(text).toString('latin1')

test.each([
  ['\u001b[31mERROR\u001b[0m: no', 'ERROR: no'],
  ['\u001b]0;title\u0007text', 'text'],
  ['Größe zu groß', 'Größe zu groß'],
  ['SELECT\u00a01', 'SELECT 1'],
])('colours, titles and no-break spaces go: %j', (text, shown) => {
  expect(decodeLine(raw(text))).toBe(shown)
})

test('what is not UTF-8 becomes a replacement character', () => {
  expect(decodeLine('caf\xe9!')).toBe('caf\ufffd!')
})
