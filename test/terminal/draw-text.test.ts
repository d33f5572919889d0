import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Card, CardRow } from '../../src/domain/card.ts'
import { shortCode } from '../../src/domain/digest.ts'
import { wholeCode } from '../../src/domain/whole-commands.ts'
import { drawText } from '../../src/terminal/draw-text.ts'
import { measure } from '../../src/terminal/measure.ts'
import { listAnswerCards, listErrorCards } from '../support/card-samples/answers.ts'
import { listEventCards } from '../support/card-samples/events.ts'
import { listStateCards } from '../support/card-samples/states.ts'

const samples = [...listStateCards(), ...listEventCards(), ...(await listAnswerCards()), ...listErrorCards()]
const plainly = { width: 80, colour: false, timezone: 'Asia/Seoul' }

/** Words of a text, however it was broken into lines. */
const lettersOf = (text: string) => text.replace(/[\s│]/g, '')

describe('a card drawn as text', () => {
  test.each(samples.map(({ name, card }) => [name, card] as const))('%s fits into every width', (_name, card) => {
    for (const width of [20, 33, 80, 200]) {
      const lines = drawText(card, { ...plainly, width }).split('\n')
      expect(lines.filter((line) => measure(line) > width)).toEqual([])
    }
  })

  test.each(samples.map(({ name, card }) => [name, card] as const))('%s says the same in colour', (_name, card) => {
    const coloured = drawText(card, { ...plainly, colour: true })
    expect(stripVTControlCharacters(coloured)).toBe(drawText(card, plainly))
    expect(drawText(card, plainly)).not.toContain('\x1b')
  })

  test.each(samples.map(({ name, card }) => [name, card] as const))(
    '%s loses no word and no command',
    (_name, card) => {
      const text = drawText(card, { ...plainly, width: 300 })
      const letters = lettersOf(text)
      for (const row of card.rows) {
        if (row.kind === 'code') expect(letters).toContain(lettersOf(row.text))
        if (row.kind === 'fact') expect(letters).toContain(lettersOf(row.label))
      }
      for (const button of card.buttons.filter(({ verb }) => verb !== 'Details')) {
        const [verb = '', job = '', ...more] = button.command.split(' ')
        const codeOf = button.asks?.startsWith('whole') ? wholeCode : shortCode
        const code = button.approval ? [codeOf(button.approval.digest)] : []
        expect(letters).toContain(lettersOf(['salvor', verb, job, ...code, ...more].join(' ')))
      }
    },
  )

  test('shows what decides with the code of exactly that card', () => {
    const approval = { id: 'a1', digest: `4f1c${'0'.repeat(60)}` }
    const text = drawText(
      makeCard(
        [],
        [
          { verb: 'Approve', rest: 'switch', command: 'approve restore-1', approval },
          { verb: 'Reject', rest: '', command: 'reject restore-1', approval },
          { verb: 'Details', rest: '', command: 'status --incident 7', approval },
        ],
      ),
      plainly,
    )
    expect(text).toBe(
      'Headline\n  › Approve switch  salvor approve restore-1 9WE000\n  › Reject          salvor reject restore-1 9WE000 --reason …',
    )
  })

  test('puts facts under each other, and goes on under them', () => {
    const rows: CardRow[] = [
      { kind: 'fact', label: 'Lost', text: 'at most 212 orders, 3 customers and 14 products of the night' },
      { kind: 'fact', label: 'Proven', text: '14 of 14 tables' },
    ]
    expect(drawText(makeCard(rows), { ...plainly, width: 40 })).toBe(
      [
        'Headline',
        '  Lost    at most 212 orders, 3',
        '          customers and 14 products of',
        '          the night',
        '  Proven  14 of 14 tables',
      ].join('\n'),
    )
  })

  test('draws a bar and ticks off steps', () => {
    const rows: CardRow[] = [
      { kind: 'bar', fraction: 0.5, text: '50 % · 12 MB/s' },
      {
        kind: 'checklist',
        items: [
          { state: 'done', title: 'load' },
          { state: 'running', title: 'verify', detail: 'attempt 2' },
          { state: 'failed', title: 'switch' },
        ],
      },
    ]
    expect(drawText(makeCard(rows), plainly).split('\n').slice(1)).toEqual([
      `  ${'█'.repeat(12)}${'░'.repeat(12)}  50 % · 12 MB/s`,
      '  ✓ load',
      '  ▶ verify (attempt 2)',
      '  ✗ switch',
    ])
  })

  test('names people, and times in the plan’s zone', () => {
    const text = 'by ⟦person:bob⟧ at ⟦time:both:2026-02-28T18:05:00.000Z⟧'
    expect(drawText(makeCard([{ kind: 'text', text }]), plainly)).toContain('by @bob at 1 Mar, 03:05 GMT+9')
  })

  test('gives wide characters their room', () => {
    const rows: CardRow[] = [
      { kind: 'fact', label: '잃음', text: '주문 이백십이 건과 고객 세 명' },
      { kind: 'fact', label: 'Back', text: 'Undo' },
    ]
    for (const width of [20, 21, 22, 40]) {
      const lines = drawText(makeCard(rows), { ...plainly, width }).split('\n')
      expect(lines.filter((line) => measure(line) > width)).toEqual([])
      expect(lines.at(-1)).toBe('  Back  Undo')
      expect(lines[1]).toMatch(/^ {2}잃음 {2}\S/)
    }
  })

  test('can never order the terminal about, whatever the texts hold', () => {
    const turns = ['\u202e', '\u2066', '\u2069', '\u2028']
    const orders = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code))
    const nasty = fc.string({ unit: fc.constantFrom(...orders, ...turns, '한', '👩‍💻', 'a', ' '), maxLength: 60 })
    fc.assert(
      fc.property(nasty, fc.integer({ min: 20, max: 60 }), (text, width) => {
        const card = makeCard(
          [
            { kind: 'text', text },
            { kind: 'fact', label: text, text },
            { kind: 'code', text },
            { kind: 'small', text },
            { kind: 'bar', fraction: Number.NaN, text },
            { kind: 'checklist', items: [{ state: 'done', title: text, detail: text }] },
          ],
          [{ verb: 'Stop', rest: text, command: `stop ${text}` }],
          text,
        )
        const drawn = drawText(card, { width, colour: false })
        expect(drawn).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u)
        expect(drawn.split('\n').filter((line) => measure(line) > width)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

function makeCard(rows: readonly CardRow[], buttons: Card['buttons'] = [], headline = 'Headline'): Card {
  return { headline, rows, buttons, fallback: '' }
}
