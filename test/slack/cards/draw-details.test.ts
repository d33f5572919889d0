import { expect, test } from 'vitest'
import { drawDetails } from '../../../src/slack/cards/draw-details.ts'
import { limits } from '../../../src/slack/cards/limits.ts'
import type { Voice } from '../../../src/slack/cards/write-text.ts'
import { makeApproval, makeJob } from '../support/world.ts'

const voice: Voice = { person: (id) => `<@${id}>`, timezone: 'Asia/Seoul' }

function draw(count: number) {
  const does = Array.from({ length: count }, (_, index) => `ALTER TABLE t${index} ${'x'.repeat(80)}; -- ${index} end`)
  const details = Array.from({ length: 500 }, (_, index) => `table t${index}: 3 new`)
  const approval = makeApproval({ subject: { ...makeApproval().subject, does, details, ownCommands: true } })
  return { does, blocks: drawDetails(approval, makeJob(), voice) }
}

test('Details shows every command, however many lines of evidence stand above', () => {
  const { does, blocks } = draw(400)
  const text = JSON.stringify(blocks)
  expect(does.filter((line) => !text.includes(line))).toEqual([])
  expect(blocks.length).toBeLessThanOrEqual(limits.modalBlocks)
})

test('what a window cannot hold is counted: shown and left out are all', () => {
  const { does, blocks } = draw(5_000)
  const text = JSON.stringify(blocks)
  const shown = does.filter((line) => text.includes(line)).length
  const left = Number(/… and (\d+) more lines\. A terminal/.exec(text)?.[1])
  expect(shown).toBeGreaterThan(400)
  expect(shown + left).toBe(does.length)
  expect(Buffer.byteLength(text)).toBeLessThan(250_000)
  expect(blocks.length).toBeLessThanOrEqual(limits.modalBlocks)
})
