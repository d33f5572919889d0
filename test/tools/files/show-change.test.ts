import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareLines } from '../../../src/tools/files/compare-lines.ts'
import { showChange } from '../../../src/tools/files/show-change.ts'
import { createRedactor } from '../../../src/tools/redact.ts'

const show = (before: string, after: string, most = 25, redact = createRedactor([])) =>
  showChange(redact, Buffer.from(before), Buffer.from(after), most)

test('a change stands with its sign and what surrounds it', () => {
  const before = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].join('\n')
  expect(show(before, before.replace('five', '5'))).toEqual({
    added: 1,
    removed: 1,
    lines: ['@@ line 2 @@', ' two', ' three', ' four', '-five', '+5', ' six', ' seven', ' eight'],
    hidden: 0,
  })
})

test.each([
  ['a\r\nb\r\n', 'a\nb\n', ['(line ends: CRLF, then LF)', '@@ line 1 @@', '-a␍', '-b␍', '+a', '+b']],
  ['\uFEFFa\nb\n', 'a\nb\n', ['(byte order mark: yes, then no)', '@@ line 1 @@', '-⟨BOM⟩a', '+a', ' b']],
  ['a\nb\n', 'a\nb', ['(line end after the last line: yes, then no)']],
])('bytes that look like nothing are shown: %j, then %j', (before, after, lines) => {
  expect(show(before, after).lines).toEqual(lines)
})

test('equal texts show nothing', () => {
  expect(show('one\ntwo\n', 'one\ntwo\n')).toEqual({ added: 0, removed: 0, lines: [], hidden: 0 })
})

test('a password that changes is seen to change and is not shown', () => {
  const { lines } = show('url: postgres://shop:first@db/x\n', 'url: postgres://shop:second@db/x\n')
  expect(lines).toEqual(['@@ line 1 @@', '-url: postgres://shop:***@db/x', '+url: postgres://shop:***@db/x'])
})

test('a key over several lines is not shown, whichever of its lines changed', () => {
  const key = (middle: string) =>
    `name: x\ntls: |\n  -----BEGIN PRIVATE KEY-----\n  ${middle}\n  AAAABBBBCCCC\n  -----END PRIVATE KEY-----\nport: 1\n`
  const text = JSON.stringify(show(key('MIIEfirst'), key('MIIEsecond').replace('port: 1', 'port: 2')))
  expect(text).not.toMatch(/MIIE|AAAABBBB/)
  expect(text).toContain('+port: 2')
})

test('only so many lines are shown, and the rest is counted', () => {
  const many = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n')
  const change = show('', many, 10)
  expect(change).toMatchObject({ added: 100, removed: 0, hidden: 91 })
  expect(change.lines).toHaveLength(10)
})

test('what is no text is not shown', () => {
  const { lines } = showChange((text) => text, Buffer.from([0, 1, 2]), Buffer.from('text'), 25)
  expect(lines).toEqual(['(not text: no difference is shown)'])
})

test('old and new text come back from the difference', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = compareLines(before, after)
      const old = lines.filter(({ sign }) => sign !== '+').map(({ at }) => before[at])
      const fresh = lines.filter(({ sign }) => sign !== '-').map(({ sign, at }) => (sign === '+' ? after : before)[at])
      expect(old).toEqual(before)
      expect(fresh).toEqual(after)
    }),
  )
})

test('texts of very many different lines are compared in bounded time and memory', () => {
  const lines = (word: string) => Array.from({ length: 50_000 }, (_, index) => `${word} ${index}`).join('\n')
  expect(show(`same\n${lines('a')}`, `same\n${lines('b')}`)).toMatchObject({ added: 50_000, removed: 50_000 })
})
