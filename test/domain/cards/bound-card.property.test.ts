import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verify } from '../../../jobs/verify/index.ts'
import { showVerify } from '../../../jobs/verify/report.ts'
import type { Card } from '../../../src/domain/card.ts'
import { buildApprovalCard, buildApprovalDetails } from '../../../src/domain/cards/approval-card.ts'
import { buildJobCard } from '../../../src/domain/cards/job-card.ts'
import { buildFailureCard, buildSuccessCard } from '../../../src/domain/cards/outcome-card.ts'
import type { Finding } from '../../../src/domain/content.ts'
import { finding } from '../../../src/domain/finding-texts.ts'
import { markPerson, markTime, splitText } from '../../../src/domain/text.ts'
import { makeApproval, makeJob, makeStep } from '../../slack/support/world.ts'

const now = new Date('2026-03-01T03:00:00Z')
const extra = { worker: 'db1', awaited: ['bob'], undo: true }
const textsOf = (card: Card) => [
  card.headline,
  ...card.rows.flatMap((row) => {
    if (row.kind === 'buttons') return []
    if (row.kind === 'checklist') return row.items.map((item) => `${item.title}${item.detail ?? ''}`)
    return row.kind === 'fact' ? [row.label, row.text] : [row.text]
  }),
]
const lengthOf = (card: Card) => textsOf(card).reduce((sum, text) => sum + text.length, 0)

const long = fc.integer({ min: 0, max: 3_000 }).map((length) => 'definition; '.repeat(length / 12))
const words = fc.oneof(fc.string({ maxLength: 60, unit: 'grapheme' }), long)
const anyFinding: fc.Arbitrary<Finding> = fc.record({
  subject: fc.constantFrom('table' as const, 'object' as const, 'check' as const, 'property' as const),
  name: words,
  verdict: fc.constantFrom('differs' as const, 'missing' as const, 'not_comparable' as const),
  expected: fc.oneof(words, fc.constant(null)),
  found: words,
  why: fc.oneof(
    words.map((seen) => finding('check_unread', { seen })),
    fc.constant(null),
  ),
})
const findings = fc.array(anyFinding, { maxLength: 250 })
const count = fc.nat(1_000_000)
const compared = fc.record({
  ...{ database: fc.constant('orders'), against: words, at: fc.constant(now.toISOString()), seconds: count },
  tables: fc.record({ proven: count, total: count }),
  definitions: fc.record({ proven: count, total: count }),
  sequences: fc.record({ proven: count, total: count }),
  properties: fc.record({ proven: count, total: count }),
  checks: fc.record({ passed: count, total: count }),
  ...{ differing: findings, unproven: findings, notComparable: findings, noticed: findings },
  more: fc.record({ differing: count, unproven: count, notComparable: count, noticed: count }),
  rowsByTable: fc.constant({}),
})

test('every card of a verification is under 4,000 characters, whatever it found', () => {
  fc.assert(
    fc.property(compared, words, (output, said) => {
      const job = makeJob({ kind: 'verify', params: { system: 'orders-db' } })
      const failure = { code: 'unexpected', facts: { seen: said }, excerpt: said.repeat(3) }
      const steps = [makeStep({ name: 'compare', state: 'done', output: JSON.parse(JSON.stringify(output)) })]
      for (const state of ['running', 'failed', 'succeeded'] as const) {
        const view = {
          job: { ...job, state },
          steps: steps.map((step) => ({ ...step, failure })),
          approvals: [],
          accepted: [],
          asks: [],
        }
        for (const card of [
          buildJobCard(view, showVerify(view), now, extra),
          buildSuccessCard(view, verify.report(view)),
          buildFailureCard(view, failure, {}),
        ]) {
          expect(lengthOf(card)).toBeLessThan(4_000)
          expect(card.fallback.length).toBeLessThan(4_000)
        }
      }
    }),
    { numRuns: 25 },
  )
})

const subjects = fc.record({
  ...{ action: fc.constant('the switch of orders-db'), verb: fc.constant('switch'), target: words },
  ...{ proven: words, unproven: words, lost: words, back: fc.constant('Undo; orders_old_1 kept for 7d') },
  does: fc.array(words, { minLength: 1, maxLength: 400 }),
  details: fc.array(words, { maxLength: 1_000 }),
  ceiling: fc.dictionary(fc.string(), count, { maxKeys: 300 }),
  binds: fc.record({ argv: fc.array(words, { maxLength: 50 }) }),
})

test('an approval and its Details are under 4,000 characters and still tell the way back', () => {
  fc.assert(
    fc.property(subjects, (subject) => {
      const approval = makeApproval({ subject, approveBy: '2026-03-01T03:37:00Z' })
      for (const card of [
        buildApprovalCard(approval, makeJob(), ['bob', 'dana'], now),
        buildApprovalDetails(approval, makeJob()),
      ]) {
        expect(lengthOf(card)).toBeLessThan(4_000)
        const back = card.rows.find((row) => row.kind === 'fact' && row.label === 'Back')
        expect(back).toMatchObject({ text: subject.back })
      }
    }),
    { numRuns: 40 },
  )
})

test('what was cut says how much more there is, and a list of a thousand leaves the rest whole', () => {
  const details = Array.from({ length: 1_000 }, (_, index) => `table t${index}: 3 new`)
  const subject = { ...makeApproval().subject, details, lost: 'at most 212 orders' }
  const card = buildApprovalDetails(makeApproval({ subject }), makeJob())
  const texts = textsOf(card)
  const shown = texts.filter((text) => text.startsWith('table t')).length
  expect(shown).toBeGreaterThan(10)
  expect(texts).toContain(`… and ${1_000 - shown} more lines`)
  expect(texts).toContain('at most 212 orders')
  expect(texts.at(-1)).toContain(makeApproval().digest)
})

test('no mark and no character is cut in two', () => {
  const parts = [markPerson('U0ALICE'), markTime('2026-03-01T02:10:00Z', 'both'), '😀', 'a']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { minLength: 300, maxLength: 900 }), (many) => {
      const view = { job: makeJob(), steps: [], approvals: [], accepted: [], asks: [] }
      const card = buildJobCard(view, { headline: 'x', lines: [many.join('')] }, now, extra)
      for (const text of textsOf(card)) {
        expect(text.isWellFormed()).toBe(true)
        for (const part of splitText(text)) if (part.kind === 'plain') expect(part.text).not.toMatch(/[⟦⟧]/)
      }
    }),
  )
})
