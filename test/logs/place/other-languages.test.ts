import { expect, test } from 'vitest'
import { analyseText } from '../../../src/logs/analyse.ts'

test.each([
  [
    "ERROR 1062 (23000) at line 9: '5-a' は索引 'orders.PRIMARY' で重複しています。",
    { table: 'orders', constraint: 'PRIMARY' },
  ],
  ["ERROR 1146 (42S02): Tabelle 'shop.kunden' existiert nicht", { schema: 'shop', table: 'kunden' }],
  ["ERROR 1048 (23000): Le champ 'phone' ne peut être vide (null)", { column: 'phone' }],
  [
    'ORA-02291: 무결성 제약조건(SHOP.FK_CUST)이 위배되었습니다- 부모 키가 없습니다',
    { schema: 'SHOP', constraint: 'FK_CUST' },
  ],
  ['ORA-00001: Unique Constraint (SHOP.PK_ORDERS) verletzt', { schema: 'SHOP', constraint: 'PK_ORDERS' }],
  ['ORA-12899: Wert zu groß für Spalte "SHOP"."KUNDEN"."ORT" (aktuell: 41)', { table: 'KUNDEN', column: 'ORT' }],
  ['ORA-01400: NULL impossible à insérer dans ("SHOP"."CLIENTS"."NOM")', { table: 'CLIENTS', column: 'NOM' }],
])('the place of «%s» is found by the code', (line, place) => {
  expect(analyseText(`${line}\n`).root?.place).toMatchObject(place)
})
