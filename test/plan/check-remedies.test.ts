import { expect, test } from 'vitest'
import { exampleWith, parseText } from './plan-text.ts'

const remedy = 'sql: remedies/widen-phone.sql }'
const rejects = 'rejects: { table: migration_rejects }'

test.each([
  ['a remedy that does nothing', remedy, '}', /widen-phone says not what it does/],
  ['a remedy with two ways', remedy, 'sql: a.sql, argv: [b] }', /widen-phone has two ways/],
  ['a program with an undo', remedy, 'argv: [b], undo: c.sql }', /a program has no undo/],
  [
    'two remedies of one name',
    remedy,
    'sql: a.sql }\n      - { name: widen-phone, when: {}, sql: b.sql }',
    /two remedies/,
  ],
  ['rejects nowhere', rejects, 'rejects: {}', /in a table or in files/],
  ['rejects at two places', rejects, 'rejects: { table: a, path: b }', /in a table or in files/],
  ['a format for a table', rejects, 'rejects: { table: a, format: copy }', /format is for files/],
  ['SQL*Loader without columns', rejects, 'rejects: { path: a, format: sqlldr }', /do not name their columns/],
  ['a delimiter for COPY', rejects, 'rejects: { path: a, delimiter: "," }', /only sqlldr has a delimiter/],
  ['a table that is none', rejects, 'rejects: { table: "a b" }', /a table, or schema.table/],
  [
    'two migrations with rejects of one system',
    rejects,
    `${rejects} }\n  other: { system: orders-db, ${rejects}`,
    /orders and other both have rejects for orders-db/,
  ],
])('%s is refused', (_, from, to, said) => {
  expect(() => parseText(exampleWith(from, to))).toThrow(said)
})

test('rejects in files may name columns and a delimiter', () => {
  const files = 'rejects: { path: logs/rejects, format: sqlldr, columns: { orders: [id, total] }, delimiter: ";" }'
  expect(parseText(exampleWith(rejects, files)).migrations.orders?.rejects).toMatchObject({ delimiter: ';' })
})
