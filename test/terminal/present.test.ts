import { describe, expect, test } from 'vitest'
import type { Card } from '../../src/domain/card.ts'
import type { TerminalDocument } from '../../src/terminal/documents.ts'
import { createJsonPresenter, createTextPresenter } from '../../src/terminal/present.ts'

const card = (headline: string): Card => ({ headline, rows: [], buttons: [], fallback: headline })
const start: TerminalDocument = { type: 'start', person: 'alice', timezone: 'Asia/Seoul' }
const event = (text: string | null): TerminalDocument => ({
  ...{ type: 'event', incident: 7, no: 1, at: '2026-02-28T18:05:12.000Z', event: 'job_started', job: 'restore-1' },
  ...{ actor: 'salvor', data: {}, text },
})
const live = (headline: string): TerminalDocument => ({
  type: 'card',
  about: 'restore-1',
  live: true,
  card: card(headline),
})

/** A screen that obeys the few orders that a live card gives, and remembers what scrolled by. */
function makeScreen(size?: { columns: number; rows: number }) {
  const lines: string[] = ['']
  let complaints = ''
  const write = (text: string) => {
    for (const part of text.replaceAll('\x1b', '§').split(/(§\[\d*[AJ]|\r|\n)/)) {
      const up = /^§\[(\d+)A$/.exec(part)?.[1]
      if (up) lines.splice(lines.length - 1 - Number(up), Number(up) + 1, '')
      else if (part === '\n') lines.push('')
      else if (part !== '\r' && !part.startsWith('§')) lines[lines.length - 1] += part
    }
  }
  const complain = (text: string) => {
    complaints += text
  }
  return {
    write,
    complain,
    size: () => size,
    colour: false,
    shown: () => lines.slice(0, -1),
    complaints: () => complaints,
  }
}

describe('documents as text', () => {
  test('an event is one line with the plan’s clock and who did it; what only the engine needs is none', () => {
    const screen = makeScreen()
    const { show } = createTextPresenter(screen)
    for (const one of [start, event('restore-1 started'), event(null)]) show(one)
    expect(screen.shown()).toEqual(['03:05:12  salvor: restore-1 started'])
  })

  test('a refusal goes to the other stream, so that a script can tell it from an answer', () => {
    const screen = makeScreen()
    const { show } = createTextPresenter(screen)
    show({ type: 'answer', card: card('❌ No.'), refused: 'role_none', file: null })
    show({ type: 'answer', card: card('Yes'), refused: null, file: { name: 'a.md', text: '# Report\nall well' } })
    expect(screen.complaints()).toBe('❌ No.\n')
    expect(screen.shown()).toEqual(['Yes', '', '# Report', 'all well'])
  })

  test('a live card is drawn anew in place, with events above it', () => {
    const screen = makeScreen({ columns: 60, rows: 20 })
    const { show } = createTextPresenter(screen)
    for (const one of [start, live('restore-1\n10 %'), event('load started'), live('restore-1 20 %')]) show(one)
    expect(screen.shown()).toEqual(['03:05:12  salvor: load started', 'restore-1 20 %'])
    show({ type: 'card', about: 'restore-1', live: false, card: card('Approve?') })
    show(event('approved'))
    expect(screen.shown()).toEqual([
      '03:05:12  salvor: load started',
      'restore-1 20 %',
      '',
      'Approve?',
      '03:05:12  salvor: approved',
    ])
  })

  test('a live card that is taller than the screen is cut, and says so', () => {
    const screen = makeScreen({ columns: 60, rows: 5 })
    const { show } = createTextPresenter(screen)
    const tall = Array.from({ length: 9 }, (_, index) => `line ${index}`).join('\n')
    for (const one of [live(tall), live(tall), live('short')]) {
      show(one)
      expect(screen.shown().length).toBeLessThan(5)
    }
    show(live(tall))
    expect(screen.shown().at(-1)).toMatch(/6 more lines/)
  })
})

describe('documents for machines', () => {
  test('are one JSON value a line, whatever they hold, and nothing else', () => {
    const screen = makeScreen()
    const { show } = createJsonPresenter(screen)
    const all = [start, event('a\nb\u2028c'), live('x')]
    for (const one of all) show(one)
    expect(screen.shown().map((line) => JSON.parse(line))).toEqual(all)
  })
})
