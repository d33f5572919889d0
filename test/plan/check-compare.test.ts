import { expect, test } from 'vitest'
import { exampleText, parseText } from './plan-text.ts'

const written = /^ {6}customers: \{ to: clients.*$/m
const planWith = (entries: string) => exampleText.replace(written, () => `      ${entries}`)

test('the example maps a table', () => {
  expect(exampleText).toMatch(written)
  const system = parseText(exampleText).systems['orders-db']
  expect(system?.kind === 'postgres' && system.compare.customers).toMatchObject({ to: 'clients', tolerance: {} })
})

test.each([
  ['one SELECT alone', 'a: { left: SELECT 1 }', /one SELECT has no other side/],
  ['SELECTs that name a table', 'a: { left: SELECT 1, right: SELECT 1, to: b }', /two SELECTs name no table/],
  ['SELECTs with expressions', 'a: { left: SELECT 1, right: SELECT 1, columns: { b: c } }', /expressions of their own/],
  ['two tables that become one', 'a: { to: public.c }\n      b: { to: c }', /a is found in public.c already/],
  ['a name that is no table', 'a.b.c: {}', /a.b.c is no name of a table/],
  ['a column that is mapped and left out', 'a: { columns: { b: c }, without: { b: x } }', /stands in columns/],
  ['a key that is left out', 'a: { key: [b], without: { b: x } }', /stands in key/],
  ['a tolerance of the key', 'a: { key: [b], tolerance: { b: 1 } }', /cannot be near/],
  ['a tolerance that is left out', 'a: { tolerance: { b: 1 }, without: { b: x } }', /stands in tolerance/],
  ['a reason that says nothing', 'a: { without: { b: "" } }', /./],
  ['a key of no meaning', 'a: { into: b }', /into/],
])('%s is refused', (_, entries, said) => {
  expect(() => parseText(planWith(entries))).toThrow(said)
})
