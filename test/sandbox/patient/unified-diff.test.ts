import fc from 'fast-check'
import { expect, it } from 'vitest'
import { writeUnifiedDiff } from '../../../sandbox/patient/unified-diff.ts'

const names = { before: 'good', now: 'now' }
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')

it('equal texts differ in nothing', () => {
  expect(writeUnifiedDiff('a\nb\n', 'a\nb\n', names)).toBe('')
})

it('a changed line stands between three lines of what surrounds it', () => {
  const lines = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
  const changed = lines.with(4, 'five')
  expect(writeUnifiedDiff(text(lines), text(changed), names)).toBe(
    '--- good\n+++ now\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  )
})

it('changes far apart have a part each', () => {
  const lines = Array.from({ length: 20 }, (_, index) => String(index))
  const diff = writeUnifiedDiff(text(lines), text(lines.with(0, 'a').with(19, 'b')), names)
  expect(diff.match(/^@@/gm)).toHaveLength(2)
})

it('a text that is gone is all minus, one that came all plus', () => {
  expect(writeUnifiedDiff('a\nb\n', '', names)).toBe('--- good\n+++ now\n@@ -1,2 +0,0 @@\n-a\n-b\n')
  expect(writeUnifiedDiff('', 'a\n', names)).toBe('--- good\n+++ now\n@@ -0,0 +1,1 @@\n+a\n')
})

it('what it writes leads from one text to the other, whatever they are', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd: 1'), { maxLength: 12 })
  fc.assert(
    fc.property(lines, lines, (before, now) => {
      const diff = writeUnifiedDiff(text(before), text(now), names)
      expect(apply(before, diff)).toEqual(now)
    }),
  )
})

/** Applies a unified diff by its line numbers. */
function apply(before: readonly string[], diff: string): string[] {
  const result: string[] = []
  let taken = 0
  for (const line of diff.split('\n').slice(2, -1)) {
    const range = /^@@ -(\d+),(\d+)/.exec(line)
    if (range) {
      const start = Number(range[1]) - (Number(range[2]) > 0 ? 1 : 0)
      result.push(...before.slice(taken, start))
      taken = start
    } else if (line.startsWith('+')) result.push(line.slice(1))
    else {
      expect(before[taken]).toBe(line.slice(1))
      if (line.startsWith(' ')) result.push(line.slice(1))
      taken += 1
    }
  }
  return [...result, ...before.slice(taken)]
}
