import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkBlocks } from '../../../sandbox/slack/blocks/check.ts'
import type { Card, CardButton, CardRow } from '../../../src/domain/card.ts'
import { markPerson, markTime } from '../../../src/domain/text.ts'
import { drawMessage, drawPlainly } from '../../../src/slack/cards/draw-card.ts'
import type { Voice } from '../../../src/slack/cards/write-text.ts'

const voice: Voice = { person: (id) => `<@${id}>`, timezone: 'Asia/Seoul' }
const card = (rows: readonly CardRow[], more: Partial<Card> = {}): Card => ({
  headline: 'restore-1 · orders-db',
  rows,
  buttons: [],
  fallback: 'restore-1 runs',
  ...more,
})
const stop: CardButton = { verb: 'Stop', rest: 'restore-1', command: 'stop restore-1' }
const textOf = (one: Card) => JSON.stringify(drawMessage(one, voice).blocks)

const words = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ minLength: 2900, maxLength: 4000, unit: 'grapheme' }),
  fc.constantFrom('', ' ', '<!channel>', '&&&&'.repeat(1000), '```', '*bold*', '\ud800', markPerson('U0ALICE')),
  fc.constant(markTime('2026-03-01T02:10:00Z', 'both').repeat(200)),
  fc.constant(markTime('not a time')),
)
const verbs = fc.constantFrom('Approve' as const, 'Stop' as const, 'Details' as const)
const button: fc.Arbitrary<CardButton> = fc
  .record({ verb: verbs, rest: words, command: words, title: words, text: words })
  .map(({ verb, rest, command, title, text }) => ({ verb, rest, command, confirm: { title, text } }))
const buttons = fc.array(button, { maxLength: 60 })
const states = fc.constantFrom('done' as const, 'running' as const, 'in_doubt' as const)
const row: fc.Arbitrary<CardRow> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text' as const, 'small' as const, 'code' as const), text: words }),
  fc.record({ kind: fc.constant('fact' as const), label: words, text: words }),
  fc.record({ kind: fc.constant('bar' as const), fraction: fc.double(), text: words }),
  fc.record({
    kind: fc.constant('checklist' as const),
    items: fc.array(fc.record({ state: states, title: words, detail: words }), { maxLength: 80 }),
  }),
  fc.record({ kind: fc.constant('buttons' as const), buttons }),
)
const anyCard: fc.Arbitrary<Card> = fc.record({
  headline: words,
  rows: fc.array(row, { maxLength: 90 }),
  buttons,
  fallback: words,
})

describe('drawing a card', () => {
  it('gives blocks that Slack takes, whatever the card says', () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const { text, blocks } = drawMessage(any, voice)
        expect(checkBlocks(blocks, 'message')).toEqual([])
        expect(text.length).toBeGreaterThan(0)
        expect(text.length).toBeLessThanOrEqual(4000)
        expect(drawPlainly(any, voice).length).toBeLessThanOrEqual(4000)
      }),
      { numRuns: 30 },
    )
  })

  it('keeps what people typed from mentioning or linking', () => {
    expect(textOf(card([{ kind: 'text', text: '<!channel> <@U0BOB> a & b' }]))).toContain(
      '&lt;!channel&gt; &lt;@U0BOB&gt; a &amp; b',
    )
  })

  it('turns marks into mentions and into times of the reader', () => {
    const drawn = textOf(card([{ kind: 'text', text: `${markPerson('U0BOB')} ${markTime('2026-03-01T02:10:00Z')}` }]))
    expect(drawn).toContain('<@U0BOB> <!date^1772331000^{time}|11:10 GMT+9>')
  })

  it('says that it cut a text, and how much', () => {
    expect(textOf(card([{ kind: 'text', text: 'x'.repeat(5000) }]))).toMatch(/… \(cut, \d+ characters more\)/)
  })

  it('keeps the buttons at the end when rows are cut, and says so', () => {
    const rows = Array.from({ length: 200 }, (): CardRow => ({ kind: 'small', text: 'line' }))
    const { blocks } = drawMessage(card(rows, { buttons: [stop] }), voice)
    expect(blocks.length).toBeLessThanOrEqual(50)
    expect(JSON.stringify(blocks)).toMatch(/cut here: \d+ more parts/)
    expect(blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ value: '{"command":"stop restore-1"}' }] })
  })

  it('gives every button of a message an action id of its own', () => {
    const { blocks } = drawMessage(card([{ kind: 'buttons', buttons: [stop, stop] }], { buttons: [stop] }), voice)
    const ids = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])).map((one) => one.action_id)
    expect(new Set(ids).size).toBe(3)
  })

  it('shows the same for the same card, and something else for another', () => {
    const one = drawMessage(card([stopRow(1)]), voice).shows
    expect(drawMessage(card([stopRow(1)]), voice).shows).toBe(one)
    expect(drawMessage(card([stopRow(2)]), voice).shows).not.toBe(one)
  })

  it('defuses fences inside of commands', () => {
    expect(textOf(card([{ kind: 'code', text: 'a ``` b <x>' }]))).toContain('```a ` ` ` b &lt;x&gt;```')
  })
})

function stopRow(count: number): CardRow {
  return { kind: 'text', text: `${count} rows` }
}
