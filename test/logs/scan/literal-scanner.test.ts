import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLiteralScanner, makeRoom } from '../../../src/logs/scan/literal-scanner.ts'

const words = ['error', 'err]', 'rror:', 'fail', 'aabb', 'abbc', 'caba', 'ora-']
const scanner = createLiteralScanner(words, 1_000)

function findPlaces(text: string): number[] {
  const bytes = Buffer.from(text, 'latin1')
  const found = makeRoom()
  scanner.findLines(bytes, found)
  for (let at = 0; at < found.count; at++) {
    const offset = found.offsets[at] ?? -1
    expect(countNewlines(bytes.subarray(0, offset))).toBe(found.places[at])
  }
  expect(found.lines).toBe(countNewlines(bytes))
  return [...found.places.subarray(0, found.count)]
}

function countNewlines(bytes: Buffer): number {
  return bytes.toString('latin1').split('\n').length - 1
}

function expectPlaces(lines: readonly string[]): number[] {
  return lines.flatMap((line, place) => (words.some((word) => line.toLowerCase().includes(word)) ? [place] : []))
}

test('a scanner finds the lines that hold a word, whatever the case', () => {
  expect(findPlaces('all well\nan ERROR here\nfine\nit FaIled\n')).toEqual([1, 3])
})

test('a word does not reach over a line’s end', () => {
  expect(findPlaces('er\nror\nfa\nil\n')).toEqual([])
})

test('a word that ends within another’s beginning is found', () => {
  expect(findPlaces('aaabb\nxerrfailx\ncabbcx\n')).toEqual([0, 1, 2])
})

test('a scanner finds in any lines what a plain search finds', () => {
  const part = fc.constantFrom(
    'e',
    'r',
    'er',
    'ro',
    'ror',
    'fa',
    'il',
    'a',
    'b',
    'c',
    ' ',
    ':',
    ']',
    'OR',
    'A-',
    'ab',
    'bb',
    'x',
    '\xe9',
  )
  const line = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
      expect(findPlaces(`${lines.join('\n')}\n`)).toEqual(expectPlaces(lines))
    }),
    { numRuns: 500 },
  )
})

test('a word right behind a time that is passed over is found', () => {
  expect(findPlaces('x\n2026-03-01 02:10:07 error\n2026-03-01 02:10:07error\ny\n')).toEqual([1, 2])
})

test('bytes beyond ASCII are words as they are, and change no other letter', () => {
  const bytes = (text: string) => Buffer.from(text, 'utf8')
  const scan = createLiteralScanner(
    ['Ошибка', 'straße', 'µsec', 'sxxs'].map((word) => bytes(word).toString('latin1')),
    200,
  )
  const found = makeRoom()
  const text = bytes('Ошибка\nstraße\nµseC\nSXxS\nstrasse\nшибка\n')
  scan.findLines(text, found)
  expect([...found.places.subarray(0, found.count)]).toEqual([0, 1, 2, 3])
})

test('lines of any length hold a word or none, wherever it stands among the sixteen bytes that are looked at at once', () => {
  for (let length = 0; length < 70; length++) {
    const filler = 'x'.repeat(length)
    expect(findPlaces(`${filler}\n${filler}ORA-\n${filler}\n`)).toEqual([1])
  }
})

test('a word of less than four bytes is refused', () => {
  expect(() => createLiteralScanner(['ora'], 100)).toThrow('"ora" is shorter than 4 bytes')
})

test('what an earlier block held is not found again in a shorter one', () => {
  expect(findPlaces('one\ntwo\nthree error\n')).toEqual([2])
  expect(findPlaces('one\n')).toEqual([])
})
