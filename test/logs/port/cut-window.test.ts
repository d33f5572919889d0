import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutWindow } from '../../../src/logs/port/cut-window.ts'

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
