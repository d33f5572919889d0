import { expect, test } from 'vitest'
import { analyseText } from '../../../src/logs/analyse.ts'
import type { Place } from '../../../src/logs/analysis.ts'

test.each<[string, Place]>([
  [
    'ERROR:  invalid input syntax for type integer: "x"\nCONTEXT:  COPY orders, line 7, column amount: "x"',
    { table: 'orders', row: 7, column: 'amount', value: 'x' },
  ],
  [
    'ERROR:  duplicate key value violates unique constraint "orders_pkey"\nDETAIL:  Key (id)=(5) already exists.',
    { constraint: 'orders_pkey', column: 'id', value: '5' },
  ],
  [
    'ERROR:  null value in column "email" of relation "customers" violates not-null constraint',
    { column: 'email', table: 'customers' },
  ],
  ['ERROR:  relation "shop.orders" does not exist', { schema: 'shop', table: 'orders' }],
  [
    "ERROR 1366 (HY000) at line 3: Incorrect integer value: '' for column 'id' at row 9",
    { column: 'id', row: 9, inputLine: 3 },
  ],
  ["ERROR 1146 (42S02): Table 'shop.orders' doesn't exist", { schema: 'shop', table: 'orders' }],
  [
    'Record 12: Rejected - Error on table ORDERS, column AMOUNT.\nORA-01722: invalid number',
    { row: 12, table: 'ORDERS', column: 'AMOUNT' },
  ],
  [
    'ORA-12899: value too large for column "SHOP"."ORDERS"."NAME" (actual: 21, maximum: 20)',
    { schema: 'SHOP', table: 'ORDERS', column: 'NAME' },
  ],
  ['ORA-01400: cannot insert NULL into ("SHOP"."ORDERS"."NAME")', { schema: 'SHOP', table: 'ORDERS', column: 'NAME' }],
  ['psql:load.sql:12: ERROR:  division by zero', { file: 'load.sql', inputLine: 12 }],
  [
    'ERROR:  syntax error at or near "frm"\nLINE 4: select 1 frm orders',
    { inputLine: 4, statement: 'select 1 frm orders' },
  ],
])('%s says where', (text, place) => {
  expect(analyseText(text).root?.place).toMatchObject(place)
})

test('words name the place without row data', () => {
  const { root } = analyseText(
    'ERROR:  22P02: invalid input syntax for type integer: "secret"\nCONTEXT:  COPY orders, line 7, column amount: "secret"',
  )
  expect(root?.words).toBe(
    'A value does not fit the type of its column (invalid text representation): table orders, column amount, row 7.',
  )
})
