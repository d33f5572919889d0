import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkView } from '../../../sandbox/slack/blocks/check-view.ts'
import type { Card } from '../../../src/domain/card.ts'
import { buildHomeCard } from '../../../src/domain/cards/home-card.ts'
import { drawHome } from '../../../src/slack/cards/draw-home.ts'
import { makeJob } from '../../slack/support/world.ts'
import { homeState } from '../../support/card-samples/home.ts'
import { approval, incident, now, viewOf, voice } from '../../support/card-samples/world.ts'

const SLACK_BLOCKS = 100
const SLACK_BYTES = 250_000

/** Words of any length, among them those that are long once they travel. */
const someText = fc
  .tuple(fc.constantFrom('orders ', '주문 ', '<&>', '🔥', '*_`'), fc.integer({ min: 1, max: 900 }))
  .map(([word, times]) => word.repeat(times))
const shape = fc.record({
  incidents: fc.integer({ min: 0, max: 80 }),
  approvals: fc.integer({ min: 0, max: 30 }),
  jobs: fc.integer({ min: 0, max: 8 }),
  systems: fc.integer({ min: 0, max: 40 }),
  text: someText,
})

function fill({ incidents, approvals, jobs, systems, text }: typeof shape extends fc.Arbitrary<infer T> ? T : never) {
  const asked = approval()
  const subject = { ...asked.subject, action: text, lost: text, back: text, does: [text, text, text] }
  const view = viewOf({ words: text })
  return homeState({
    approvals: Array.from({ length: approvals }, () => ({
      approval: { ...asked, subject },
      job: makeJob({ words: text }),
      people: ['bob', 'dana'],
    })),
    incidents: Array.from({ length: incidents }, (_, index) => ({
      view: { incident: incident({ number: index + 1, title: text }), jobs: Array.from({ length: jobs }, () => view) },
      extra: { awaitedByJob: {}, headlinesByJob: { 'restore-1': text } },
    })),
    systems: Array.from({ length: systems }, (_, index) => ({
      ...{ system: `system-${index}`, may: ['restore', 'verify'], mayNot: ['restart'], others: ['carol'] },
    })),
  })
}

it('is a view that Slack takes, whatever it has to show', () => {
  fc.assert(
    fc.property(shape, (of) => {
      const { view } = drawHome(buildHomeCard(fill(of), now), voice)
      expect(checkView(JSON.parse(JSON.stringify(view)), 'home')).toEqual([])
      expect(view.blocks.length).toBeLessThanOrEqual(SLACK_BLOCKS)
      expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(SLACK_BYTES)
      const said = JSON.stringify(view)
      for (const title of ['Waits for you', 'Open incidents', 'Who you are here', 'How to begin'])
        expect(said).toContain(title)
      // What is not shown is counted.
      if (of.incidents > 12 || of.approvals > 8) expect(said).toMatch(/… and \d+ more/)
      const ids = [...said.matchAll(/"action_id":"([^"]+)"/g)].map((match) => match[1])
      expect(new Set(ids).size).toBe(ids.length)
    }),
    { numRuns: 60 },
  )
})

it('keeps to the number of blocks where there are more cards than blocks', () => {
  const card: Card = { headline: 'one', rows: [{ kind: 'small', text: 'small' }], buttons: [], fallback: '' }
  const cards = fc.integer({ min: 0, max: 120 }).map((length) => Array.from({ length }, () => card))
  fc.assert(
    fc.property(cards, cards, (first, second) => {
      const sections = [
        { title: 'one', cards: first, hidden: 0 },
        { title: 'two', cards: second, hidden: 0 },
        { title: 'whole', cards: [card], hidden: null },
      ]
      const { blocks } = drawHome({ sections }, voice).view
      expect(blocks.length).toBeLessThanOrEqual(SLACK_BLOCKS)
      const shown = JSON.stringify(blocks).match(/\*one\*/g)?.length ?? 0
      const left = [...JSON.stringify(blocks).matchAll(/… and (\d+) more/g)].map((match) => Number(match[1]))
      expect(shown + left.reduce((sum, one) => sum + one, 0)).toBe(first.length + second.length + 1)
    }),
    { numRuns: 100 },
  )
})

it('shows the first approval even where everything else is full', () => {
  const full = { incidents: 80, approvals: 30, jobs: 8, systems: 40, text: 'a long night '.repeat(30) }
  const { view } = drawHome(buildHomeCard(fill(full), now), voice)
  expect(JSON.stringify(view).match(/salvor:approve/g)?.length ?? 0).toBeGreaterThanOrEqual(1)
})

it('shows an answer above all else', () => {
  const answer: Card = { headline: 'Already decided', rows: [], buttons: [], fallback: '' }
  const { view } = drawHome(buildHomeCard(homeState(), now, answer), voice)
  expect(JSON.stringify(view.blocks.slice(0, 2))).toContain('Already decided')
})
