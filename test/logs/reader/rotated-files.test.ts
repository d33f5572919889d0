import { expect, test } from 'vitest'
import { findPredecessors } from '../../../src/logs/reader/rotated-files.ts'

test('numbered predecessors come oldest first', () => {
  const names = ['app.log', 'app.log.1', 'app.log.10.gz', 'app.log.2.gz', 'other.log.1']
  expect(findPredecessors('/var/log/app.log', names)).toEqual([
    '/var/log/app.log.10.gz',
    '/var/log/app.log.2.gz',
    '/var/log/app.log.1',
  ])
})

test('dated predecessors come oldest first', () => {
  const names = ['app.log-20260302', 'app.log-20260228.gz', 'app.log.2026-03-01']
  expect(findPredecessors('/l/app.log', names)).toEqual([
    '/l/app.log-20260228.gz',
    '/l/app.log.2026-03-01',
    '/l/app.log-20260302',
  ])
})

test('files that only begin alike are no predecessors', () => {
  expect(findPredecessors('/l/app.log', ['app.log.bak', 'app.log.swp', 'app.log~', 'app.logs', 'app.log.gz'])).toEqual(
    [],
  )
})

test('a file that is being compressed is read once, from the plain one', () => {
  expect(findPredecessors('/l/app.log', ['app.log.1', 'app.log.1.gz'])).toEqual(['/l/app.log.1'])
})
