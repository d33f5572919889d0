import { expect, it } from 'vitest'
import { splitCode } from '../../../src/slack/cards/draw-whole.ts'
import { limits } from '../../../src/slack/cards/limits.ts'
import { writeCode } from '../../../src/slack/cards/write-text.ts'

it.each([
  ['short lines', Array.from({ length: 500 }, (_, at) => `UPDATE t SET a = ${at};`).join('\n')],
  ['one endless line', 'x'.repeat(20_000)],
  ['what Slack writes longer', '&<>'.repeat(5_000)],
  ['blank lines in front of the last', `a;${'\n'.repeat(9_000)}DROP TABLE orders`],
  ['characters of two units', '🜚'.repeat(6_000)],
  ['fences', '```\n'.repeat(3_000)],
])('parts of %s are the whole text, and none is cut when it is written', (_what, text) => {
  const parts = splitCode(text)
  expect(parts.join('')).toBe(text)
  for (const part of parts) {
    const written = writeCode(part, limits.sectionText)
    expect(written.length).toBeLessThanOrEqual(limits.sectionText)
    expect(written).toBe(writeCode(part, Number.POSITIVE_INFINITY))
    expect(part).not.toMatch(/[\ud800-\udbff]$/)
  }
})
