import fc from 'fast-check'
import { expect, test } from 'vitest'
import { disarm } from '../../src/domain/text.ts'
import { buildReport } from '../../src/report/build-report.ts'
import { escapeMarkdown, writeMarked } from '../../src/report/escape-markdown.ts'
import { reportCard } from '../../src/report/report-card.ts'
import { writeReportMarkdown } from '../../src/report/write-markdown.ts'
import { chainEvents, restartReport, restoreReport, tellNight } from '../support/fakes/journal.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { fakeIncident } from '../support/fakes/views.ts'

function nightReport(audit: { whole: boolean; why?: string } = { whole: true }) {
  const reports = new Map([
    ['restore-1', restoreReport],
    ['restart-2', restartReport],
  ])
  const events = chainEvents(tellNight())
  const full = { events: events.length, headHash: 'f'.repeat(64), ...audit }
  const now = new Date('2026-02-28T18:30:00.000Z')
  return buildReport(
    events,
    { incident: fakeIncident(), jobs: [] },
    { reports, takesBack: () => undefined },
    full,
    now,
    fakePlan(),
  )
}

test('the card says the outcome in one line, then cause, done, proven, lost and left', () => {
  const card = reportCard(nightReport())
  expect(card.headline).toBe(
    'Report #7 · recovered ⟦time:clock:2026-02-28T18:14:00.000Z⟧, 16 min after opening, 2 h 46 to spare',
  )
  const facts = Object.fromEntries(card.rows.flatMap((row) => (row.kind === 'fact' ? [[row.label, row.text]] : [])))
  expect(facts).toMatchObject({
    Cause: 'unknown, logs not analysed.',
    Done: 'restore-1 (alice, approved bob)\nrestart-2 (alice)',
    Lost: 'restore-1: 212 orders\nrestore-1: 640 order_items',
    Left: 'orders_old_1 until 29 Nov',
  })
  expect(card.rows.at(-1)).toEqual({ kind: 'small', text: '📄 incident-7.md · 17 events, chain whole' })
})

test('the card mentions nobody who has a name, so that a report alerts nobody', () => {
  expect(JSON.stringify(reportCard(nightReport()))).not.toContain('⟦person:')
  expect(JSON.stringify(reportCard({ ...nightReport(), openedBy: 'U0FRANK' }))).toContain('⟦person:U0FRANK⟧')
})

test('a missed deadline is said as late', () => {
  expect(reportCard({ ...nightReport(), toSpareMs: -5 * 60_000 }).headline).toContain('5 min late')
})

test('a broken chain is said on the card and in the file', () => {
  const report = nightReport({ whole: false, why: 'event 3: its content was changed' })
  expect(JSON.stringify(reportCard(report))).toContain('chain BROKEN: event 3: its content was changed')
  expect(writeReportMarkdown(report)).toContain('chain BROKEN: event 3')
})

test('the file tells times in the zone of the plan and in UTC', () => {
  expect(writeReportMarkdown(nightReport())).toContain('Recovered: 1 Mar 2026 03:14 Asia/Seoul (28 Feb 2026 18:14 UTC)')
})

test('the file tells who approved which digest, when, and what was shown as lost', () => {
  const text = writeReportMarkdown(nightReport())
  expect(text).toContain(`(4f1c, digest ${'4f1c'.repeat(16)})`)
  expect(text).toContain('approved by bob 1 Mar 2026 03:09 Asia/Seoul (28 Feb 2026 18:09 UTC)')
  expect(text).toContain('shown as lost: at most 212 orders')
})

test('the file tells failures, lessons and the head of the chain', () => {
  const text = writeReportMarkdown(nightReport())
  expect(text).toContain('restart-2, restart: orders-api died after 2 s')
  expect(text).toContain('try \\| the \\<b\\>cut-over\\</b\\> twice')
  expect(text).toContain(`Head hash: ${'f'.repeat(64)}`)
})

test('each row of the timeline has the columns of its head, whatever people wrote', () => {
  const rows = writeReportMarkdown(nightReport())
    .split('\n')
    .filter((line) => line.startsWith('|'))
  expect(rows.length).toBeGreaterThan(15)
  for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7)
})

test('no mark is left in the file', () => {
  expect(writeReportMarkdown(nightReport())).not.toMatch(/[⟦⟧]/)
})

test.each([
  ['# title', '\\# title'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['a\n\n# b', 'a # b'],
  ['*b* `c` [d](e) <i> | ~', '\\*b\\* \\`c\\` \\[d\\](e) \\<i\\> \\| \\~'],
  ['orders_old_1', 'orders_old_1'],
  ['_em_', '\\_em\\_'],
  ['&lt;', '\\&lt;'],
])('%j is written as %j', (said, written) => {
  expect(escapeMarkdown(said)).toBe(written)
})

test('escaped text is one line without live Markdown, and takes nothing away', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = escapeMarkdown(text)
      expect(escaped).not.toMatch(/[\n\r]/)
      expect(escaped.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[`*[\]<>|~&\\]/)
      const plain = disarm(
        text
          .replace(/\ufeff/g, '\ufffd')
          .replace(/[\s\u0085\u2028\u2029]+/g, ' ')
          .trim(),
      )
      expect(escaped.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(plain)
    }),
  )
})

test('marked text keeps the spaces around its marks', () => {
  expect(writeMarked('by ⟦person:bob⟧ at ⟦time:clock:2026-02-28T18:14:00.000Z⟧ ok', 'UTC')).toBe(
    'by bob at 28 Feb 2026 18:14 UTC ok',
  )
})
