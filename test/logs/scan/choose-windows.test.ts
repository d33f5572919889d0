import { expect, test } from 'vitest'
import { chooseWindows } from '../../../src/logs/scan/choose-windows.ts'

const choose = (...words: string[]) => chooseWindows(words).map((window) => Buffer.from(window).toString('latin1'))

test('of a word the four bytes are looked for that are seldom met', () => {
  expect(choose('exception')).toEqual(['xcep'])
  expect(choose('not exist')).toEqual(['xist'])
})

test('words that share their four bytes are looked for once, whatever their case', () => {
  expect(choose('not exist', 'EXISTS')).toEqual(['xist'])
})

test('a word of four bytes is looked for whole', () => {
  expect(choose('ora-')).toEqual(['ora-'])
})
