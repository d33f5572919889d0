import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutWindow } from '../../../src/logs/port/cut-window.ts'
import { createLineTime } from '../../../src/logs/port/read-line-time.ts'

const readTime = (head: string) => {
  const found = /^@(\d+) /.exec(head)?.[1]
  return found === undefined ? null : Number(found)
}
const line = fc.oneof(
  fc
    .tuple(fc.nat(20), fc.string({ maxLength: 20 }), fc.nat(2))
    .map(([at, text, many]) => `@${at} ${text}${'x'.repeat(many * 290)}`),
  fc.string({ maxLength: 20 }).map((text) => ` ${text}`),
)
const clean = (text: string) => text.replaceAll('\n', '')

function passThrough(text: string, sizes: readonly number[], since: number | null, until: number | null) {
  const window = cutWindow({ since, until, readTime })
  const bytes = Buffer.from(text)
  const passed: Buffer[] = []
  for (let from = 0, turn = 0; from < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    passed.push(...window.push(bytes.subarray(from, from + size)))
    from += size
  }
  passed.push(...window.endFile())
  return { text: Buffer.concat(passed).toString(), skipped: window.skipped() }
}

test('however the bytes are cut, the lines from the first that is new enough pass', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(
      fc.array(line.map(clean), { maxLength: 12 }),
      fc.boolean(),
      sizes,
      fc.nat(20),
      (lines, ends, cuts, since) => {
        const text = lines.join('\n') + (ends && lines.length > 0 ? '\n' : '')
        const first = lines.findIndex((one) => (readTime(one) ?? -1) >= since)
        const expected = first < 0 ? '' : text.slice(lines.slice(0, first).join('\n').length + (first > 0 ? 1 : 0))
        const found = passThrough(text, cuts, since, null)
        expect(found.text).toBe(expected)
        if (first >= 0) expect(found.skipped).toBe(first)
      },
    ),
  )
})

test('behind its end nothing passes', () => {
  expect(passThrough('@1 a\n@5 b\n c\n@9 d\n@5 e\n', [3], 2, 7).text).toBe('@5 b\n c\n')
})

test.each([
  ['2026-03-01T02:10:07.250Z ERROR x', '2026-03-01T02:10:07.250Z'],
  ['2026-03-01 11:10:07,250 ERROR x', '2026-03-01T02:10:07.250Z'],
  ['2026-03-01 02:10:07 UTC [17] ERROR:  x', '2026-03-01T02:10:07.000Z'],
  ['2026-03-01T03:10:07+0100 host unit[1]: x', '2026-03-01T02:10:07.000Z'],
  ['{"level":50,"time":1772331007250,"msg":"x"}', '2026-03-01T02:10:07.250Z'],
  ['Mar  1 11:10:07 host unit[1]: x', '2026-03-01T02:10:07.000Z'],
  ['Dec 31 23:00:00 host unit[1]: x', '2025-12-31T14:00:00.000Z'],
])('the time of «%s» is read', (text, expected) => {
  const now = Date.parse('2026-03-01T03:00:00Z')
  const at = createLineTime('Asia/Seoul', now)(text)
  expect(at === null ? null : new Date(at).toISOString()).toBe(expected)
})

test('a line without a time has none', () => {
  expect(createLineTime('UTC', 0)('    at foo (a.js:1:2)')).toBeNull()
})
