import { expect, test } from 'vitest'
import { countSlips, findLikely, findNearest } from '../../src/domain/nearest.ts'

test('a swap of neighbours is one slip', () => {
  expect(countSlips('restroe', 'restore')).toBe(1)
})

test('a missing, an added and a wrong letter are one slip each', () => {
  expect([
    countSlips('restor', 'restore'),
    countSlips('restoree', 'restore'),
    countSlips('restire', 'restore'),
  ]).toEqual([1, 1, 1])
})

test('the nearest is found whatever its case', () => {
  expect(findNearest('RESTAR', ['restore', 'restart', 'retry'])).toBe('restart')
})

test('a word unlike any is not a slip of the finger', () => {
  expect(findLikely('xyzzyplugh', ['restore', 'help'])).toBeUndefined()
})

test('nothing is near where nothing is known', () => {
  expect(findNearest('x', [])).toBeUndefined()
})
