import { expect, test } from 'vitest'
import { describeAnalysis, describeGlance } from '../../../src/domain/cards/log-card.ts'
import { adviseOn } from '../../../src/domain/log-advice.ts'
import { writeLogDocument } from '../../../src/domain/log-document.ts'
import { labels } from '../../../src/logs/codes/label.ts'
import { makeAnalysis, makeCause, makeGroup } from '../../support/fakes/analyses.ts'

const remedies = [{ system: 'orders-db', remedy: 'widen-phone', matched: 'code 22001, table customers' }]
const draw = (of: Parameters<typeof makeAnalysis>[0] = {}) => describeAnalysis(makeAnalysis(of), remedies)

test('the first line says what failed first, in plain words', () => {
  const { headline, lines } = draw()
  expect(headline).toBe('migration: A value does not fit the type of its column: table customers, column phone')
  expect(lines[0]).toBe('First  migration.log line 5, 02:10:07: customers 51 to 100: value too long')
})

test('class, place, what followed, the next step and remedies stand below', () => {
  expect(draw().lines).toEqual([
    'First  migration.log line 5, 02:10:07: customers 51 to 100: value too long',
    'Class  data conversion · 22001 string_data_right_truncation',
    'Place  table customers, column phone, row 4',
    'After it  and 214 consequences in 2 groups',
    '• 3 × customers 51 to 100: value too long · 02:10:07 – 02:16:00',
    'Over it  ▂·█ 02:10:07 – 02:40:00',
    `Next  ${adviseOn('data_conversion')}`,
    'Fix  `fix orders-db widen-phone` · matches code 22001, table customers',
  ])
})

test('of many groups the five largest are shown, and how many more there are', () => {
  const groups = Array.from({ length: 9 }, (_, n) => makeGroup({ count: n + 1, sample: `kind ${n}` }))
  const shown = draw({ groups, moreGroups: 2 }).lines.filter((line) => line.startsWith('•'))
  expect(shown.map((line) => line.slice(0, 5))).toEqual(['• 9 ×', '• 8 ×', '• 7 ×', '• 6 ×', '• 5 ×'])
  expect(draw({ groups, moreGroups: 2 }).lines).toContain('and 6 more groups')
})

test('a log that tells only of consequences says where to look', () => {
  const root = makeCause({ certain: false })
  expect(draw({ root }).lines).toContain('The cause itself is not in this log: look at the log of what it talked to.')
})

test('a log in which nothing failed says so', () => {
  expect(draw({ root: null, groups: [] })).toMatchObject({ headline: 'migration: nothing failed in it' })
})

test('what a log says cannot forge a mention, a command or a link', () => {
  const root = makeCause({ text: '`stop all` ⟦person:alice⟧ <!channel>', excerpt: ['⟦person:alice⟧'] })
  const { lines, code } = draw({ root })
  expect(lines[0]).not.toMatch(/[`⟦⟧]/)
  expect(code).not.toMatch(/[⟦⟧]/)
})

test('the excerpt is cut to what a card holds', () => {
  const root = makeCause({ excerpt: Array.from({ length: 12 }, () => 'x'.repeat(500)) })
  expect(draw({ root }).code).toMatch(/cut, the file has it$/)
  expect(draw({ root }).code?.length).toBeLessThan(2_800)
})

test('every class of failures has advice of its own', () => {
  expect(new Set(labels.map(adviseOn)).size).toBe(labels.length)
})

test('a log that is followed shows its newest lines and says how many it left out', () => {
  const { headline, lines, code } = describeGlance('migration', {
    analysis: makeAnalysis(),
    tail: ['line 41', 'line 42'],
    leftOut: 40,
  })
  expect(headline).toBe('follows migration: 4 errors, 1 warning')
  expect(lines.at(-1)).toBe('`logs migration --stop` ends it.')
  expect(code).toBe('… 40 lines before these are left out\nline 41\nline 42')
})

test('a log that is followed and says nothing has no excerpt', () => {
  const quiet = makeAnalysis({ root: null, groups: [], lines: 0 })
  expect(describeGlance('migration', { analysis: quiet, tail: [''], leftOut: 0 })).not.toHaveProperty('code')
  expect(describeGlance('migration', null).headline).toBe('follows migration')
})

test('the file holds the whole of it, and no excerpt can end its own fence', () => {
  const root = makeCause({ excerpt: ['5  ```', '# not a heading'] })
  const text = writeLogDocument(makeAnalysis({ root }), remedies)
  expect(text).toContain('````text\n5  ```\n# not a heading\n````')
  expect(text).toContain('- `fix orders-db widen-phone` matches code 22001, table customers')
  expect(text).toContain('214 events in 2 groups')
  expect(text).toMatch(/\| 3 \| error \| data conversion \| 22001 \|/)
})
