import { expect, test } from 'vitest'
import { buildBackupsCard } from '../../../src/domain/cards/backups-card.ts'
import { fakePoint as point } from '../../support/fakes/points.ts'

const began = '2026-02-28T17:10:00.000Z'
const good = point('d-0130', '2026-02-28T16:30:00.000Z')
const late = point('d-0225', '2026-02-28T17:25:00.000Z')
const broken = point('d-0200', '2026-02-28T17:00:00.000Z', {
  problem: { code: 'archive_truncated', facts: { backup: 'd-0200' } },
})

/** The text rows after the advice, and the commands of the buttons. */
function read(card: ReturnType<typeof buildBackupsCard>) {
  const [advice, ...lines] = card.rows.flatMap((row) => (row.kind === 'text' ? [row.text] : []))
  const commands = card.rows.flatMap((row) => (row.kind === 'buttons' ? row.buttons.map((one) => one.command) : []))
  return { advice, lines, commands }
}

test('points are marked good, late or broken, the newest first, and only those that can be used have a button', () => {
  const { lines, commands } = read(buildBackupsCard('orders-db', [good, late, broken], began))
  expect(lines).toEqual([
    '⚠ d-0225 · dump ⟦time:both:2026-02-28T17:25:00.000Z⟧ · after the migration began · 1.1 GB · about 4 min',
    expect.stringMatching(/^❌ d-0200 · .*d-0200/),
    '✅ d-0130 · dump ⟦time:both:2026-02-28T16:30:00.000Z⟧ · 1.1 GB · about 4 min',
  ])
  expect(commands).toEqual(['restore orders-db --backup d-0225', 'restore orders-db --backup d-0130'])
})

test('the advice names what a plain restore takes: the newest that can be used and precedes the beginning', () => {
  expect(read(buildBackupsCard('orders-db', [good, late, broken], began)).advice).toContain('takes d-0130')
})

test('a snapshot at the very beginning counts as late', () => {
  expect(read(buildBackupsCard('orders-db', [point('d', began)], began)).lines[0]).toMatch(/^⚠/)
})

test('while nobody knows the beginning no point is called good', () => {
  const { advice, lines } = read(buildBackupsCard('orders-db', [good, late], null))
  expect(advice).toContain('Nobody has said when the migration began')
  expect(lines.every((line) => line.startsWith('•'))).toBe(true)
})

test('the point that matters is listed even below many newer ones', () => {
  const newer = Array.from({ length: 30 }, (_, index) => point(`n-${index}`, `2026-03-01T00:${10 + index}:00.000Z`))
  const card = buildBackupsCard('orders-db', [...newer, good], began)
  expect(read(card).commands).toContain('restore orders-db --backup d-0130')
  expect(card.rows.at(-1)).toEqual({ kind: 'small', text: '18 older ones are not listed.' })
})

test('no points at all is said with the way to take one', () => {
  expect(read(buildBackupsCard('orders-db', [], began)).advice).toContain('backup orders-db')
})
