import { expect, test } from 'vitest'
import { findProgram } from '../../../src/logs/port/open-source.ts'

const unit = { name: 'api', unit: 'orders-api.service', rowData: 'hidden' } as const
const [since, until] = ['2026-03-01T02:10:00.000Z', '2026-03-01T02:20:00.000Z']

test('the journal of a unit is asked for a stretch of time by argv alone', () => {
  expect(findProgram(unit, { since, until, follows: false })).toEqual([
    'journalctl',
    '--unit=orders-api.service',
    '--output=short-iso',
    '--no-pager',
    '--quiet',
    '--since=@1772331000',
    '--until=@1772331600',
  ])
})

test('following the journal begins with what is new', () => {
  const argv = findProgram(unit, { since: null, until: null, follows: true })
  expect(argv.slice(-2)).toEqual(['--follow', '--lines=0'])
})

test('a program of the plan is run as the plan says', () => {
  const log = { name: 'box', argv: ['docker', 'logs', 'box'], rowData: 'hidden' } as const
  expect(findProgram(log, { since, until, follows: false })).toEqual(['docker', 'logs', 'box'])
})
