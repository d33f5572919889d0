import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JudgedPoint } from '../../src/domain/archive-origin.ts'
import { chooseRestorePoint } from '../../src/domain/restore-choice.ts'

function point(id: string, takenAt: string, more: Partial<JudgedPoint> = {}): JudgedPoint {
  const blank = { kind: 'pg_dump', format: 'custom', bytes: 1, hasManifest: false, archiveHash: null } as const
  const source = { database: 'b', systemIdentifier: null, databaseOid: null }
  const rest = {
    source,
    origin: 'own' as const,
    tables: 1,
    rows: null,
    serverVersion: '15',
    problem: null,
    predicted: null,
  }
  return { ...blank, ...rest, id, path: `/b/${id}.dump`, takenAt, ...more }
}
const bad = { problem: { code: 'archive_truncated', facts: { backup: 'd-1' } } }
const night = [
  point('d-2130', '2026-02-28T21:30:00Z'),
  point('d-0130', '2026-03-01T01:30:00Z'),
  point('d-0225', '2026-03-01T02:25:00Z'),
]
const beganAt = '2026-03-01T02:10:00Z'

describe('the backup that is restored', () => {
  test.each([
    ['the newest that precedes the beginning, not the newest', night, beganAt, null, ['d-0130', 'd-2130']],
    ['never one of the very moment of the beginning', night, '2026-03-01T01:30:00Z', null, ['d-2130']],
    [
      'not one that is known to be damaged',
      [point('d-1', '2026-03-01T02:00:00Z', bad), ...night],
      beganAt,
      null,
      ['d-0130', 'd-2130'],
    ],
    ['the newest of all for latest', night, beganAt, 'latest', ['d-0225', 'd-0130', 'd-2130']],
    ['the newest for latest without a beginning', night, null, 'latest', ['d-0225', 'd-0130', 'd-2130']],
    ['the named one, also a later one', night, beganAt, 'd-0225', ['d-0225']],
    ['the named one in any case of letters', night, null, 'D-0130', ['d-0130']],
    ['the named one by its file', night, null, 'd-0130.dump', ['d-0130']],
    [
      'the named one, though it is damaged: its problem is the answer',
      [point('d-1', beganAt, bad)],
      beganAt,
      'd-1',
      ['d-1'],
    ],
  ])('is %s', (_, points, began, wanted, ids) => {
    const choice = chooseRestorePoint({ points, beganAt: began, wanted })
    expect(choice.kind === 'chosen' && choice.candidates.map((one) => one.id)).toEqual(ids)
  })

  test.each([
    ['nobody knows when the migration began', night, null, null, { kind: 'beginning_unknown' }],
    ['all were taken later', night, '2026-01-01T00:00:00Z', null, { kind: 'none', foreign: [] }],
    ['there is no backup', [], beganAt, null, { kind: 'none', foreign: [] }],
    ['the name is unknown', night, beganAt, 'd-9', { kind: 'unknown', known: ['d-0225', 'd-0130', 'd-2130'] }],
  ])('is none when %s', (_, points, began, wanted, choice) => {
    expect(chooseRestorePoint({ points, beganAt: began, wanted })).toEqual(choice)
  })

  test('is, without a name, usable, earlier than the beginning, and no such one is newer', () => {
    const minutes = fc.integer({ min: 0, max: 600 })
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
    const points = fc.array(fc.record({ minute: minutes, broken: fc.boolean() }), { maxLength: 12 })
    fc.assert(
      fc.property(points, minutes, (made, began) => {
        const all = made.map((one, n) => point(`p${n}`, at(one.minute), one.broken ? bad : {}))
        const choice = chooseRestorePoint({ points: all, beganAt: at(began), wanted: null })
        const fitting = made.filter((one) => !one.broken && one.minute < began).map((one) => one.minute)
        if (choice.kind !== 'chosen') return fitting.length === 0
        const [best] = choice.candidates
        return best?.problem === null && best.takenAt === at(Math.max(...fitting))
      }),
    )
  })
})
