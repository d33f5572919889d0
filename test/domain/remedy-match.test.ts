import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Finding, matchRemedies } from '../../src/domain/remedy-match.ts'

const finding: Finding = {
  label: 'data_conversion',
  code: '22001',
  table: 'public.Customers',
  text: 'Value too long (x)',
}
const match = (when: object, findings: readonly Finding[] = [finding]) =>
  matchRemedies(findings, [{ name: 'one', when }])[0]?.matched

test.each([
  ['a code', { code: '22001' }, 'code 22001'],
  ['a label', { label: 'data_conversion' }, 'label data_conversion'],
  ['a table without its schema, in any case', { table: 'customers' }, 'table customers'],
  ['words with brackets, in any case', { match: 'TOO LONG (' }, 'words TOO LONG ('],
  ['all of them', { code: '22001', table: 'public.customers' }, 'code 22001, table public.customers'],
])('%s matches and is told', (_, when, told) => {
  expect(match(when)).toEqual([told])
})

test.each([
  ['another code', { code: '22003' }],
  ['one of two that is another', { code: '22001', table: 'orders' }],
  ['another schema', { table: 'sales.customers' }],
  ['nothing said', {}],
  ['a pattern', { match: 'too.*long' }],
])('%s does not match', (_, when) => {
  expect(match(when)).toEqual([])
})

test('what is not known of a finding matches nothing', () => {
  expect(match({ table: 'customers' }, [{ ...finding, table: null }])).toEqual([])
})

test('those that match stand first, in the order of the plan, and each reason stands once', () => {
  const remedies = ['22003', '22001', '23505', '22001'].map((code, index) => ({ name: `r${index}`, when: { code } }))
  const found = matchRemedies([finding, finding], remedies)
  expect(found.map(({ remedy }) => remedy.name)).toEqual(['r1', 'r3', 'r0', 'r2'])
  expect(found[0]?.matched).toEqual(['code 22001'])
})

test('no text of a finding or a plan throws', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, words) => {
      const found = matchRemedies([{ ...finding, text }], [{ name: 'one', when: { match: words } }])
      expect(found[0]?.matched.length === 1).toBe(text.toLowerCase().includes(words.toLowerCase()))
    }),
  )
})
