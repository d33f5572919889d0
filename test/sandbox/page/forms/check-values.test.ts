import type { InputBlock } from '@slack/types'
import { expect, test } from 'vitest'
import { checkValues, collectValues, writeValues } from '../../../../sandbox/page/forms/check-values.ts'

const label = { type: 'plain_text' as const, text: 'Why?' }
const input = (element: InputBlock['element'], of: Partial<InputBlock> = {}): InputBlock => ({
  ...{ type: 'input', block_id: 'b', label, element },
  ...of,
})
const typed = { type: 'plain_text_input', action_id: 'a' } as const
const check = (block: InputBlock, value: unknown) => checkValues([block], new Map([['b', value]])).b

test('what is required and empty is marked in Slack’s words, what is optional is not', () => {
  expect(check(input(typed), null)).toBe('Please complete this required field.')
  expect(check(input(typed, { optional: true }), null)).toBeUndefined()
})

test.each([
  [{ ...typed, min_length: 3 }, 'ab', /at least 3/],
  [{ ...typed, max_length: 3 }, 'abcd', /too long/],
  [{ type: 'email_text_input', action_id: 'a' }, 'nobody', /email/],
  [{ type: 'url_text_input', action_id: 'a' }, 'nowhere', /URL/],
  [{ type: 'number_input', action_id: 'a', is_decimal_allowed: false }, '1.5', /whole/],
  [{ type: 'number_input', action_id: 'a', is_decimal_allowed: true, max_value: '3' }, '4', /3 or less/],
] as const)('%j does not take %s', (element, value, expected) => {
  expect(check(input(element), value)).toMatch(expected)
})

test.each([
  [{ ...typed, min_length: 3 }, 'abc'],
  [{ type: 'email_text_input', action_id: 'a' }, 'carol@example.com'],
  [{ type: 'url_text_input', action_id: 'a' }, 'https://example.com'],
  [{ type: 'number_input', action_id: 'a', is_decimal_allowed: true }, '-1.5'],
] as const)('%j takes %s', (element, value) => {
  expect(check(input(element), value)).toBeUndefined()
})

test('what nobody touched keeps what it began with, and what was emptied is empty', () => {
  const blocks = [
    input({ ...typed, initial_value: 'begun' }),
    input({ ...typed, initial_value: 'begun' }, { block_id: 'c' }),
  ]
  const values = collectValues(blocks, (block) => (block === 'c' ? { value: null } : undefined))
  expect(writeValues(values)).toEqual({ b: 'begun', c: '' })
})

test('choices travel by their value, several in one text', () => {
  const option = (value: string) => ({ text: { type: 'plain_text', text: `The ${value}` }, value })
  const values = new Map<string, unknown>([
    ['one', option('a')],
    ['many', [option('a'), option('b')]],
    ['people', ['U1', 'U2']],
    ['none', null],
    ['when', 1772334540],
  ])
  expect(writeValues(values)).toEqual({ one: 'a', many: 'a,b', people: 'U1,U2', none: '', when: '1772334540' })
})
