import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'

test('each migration has a number of its own: their order is the order of their names', () => {
  const names = readdirSync(new URL('../../src/postgres/migrations/', import.meta.url))
  const numbers = names.map((name) => name.slice(0, 4))
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([])
  expect(names.filter((name) => !/^\d{4}_[a-z_]+\.sql$/.test(name))).toEqual([])
})
